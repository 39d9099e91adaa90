import { Command } from '@commander-js/extra-typings';
import { misfit } from '../../../core/field-errors.ts';
import { VerifyRequest } from '../../../core/verdict.ts';
import { GateRequest } from '../../gate/gate-request.ts';
import type { KeyStore } from '../../receipts/key-store.ts';
import type { Statement } from '../../receipts/receipt.ts';
import type { Expected } from '../../receipts/subject.ts';
import { printable } from '../../report/printable.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { parseJson, readText } from '../json-file.ts';
import { write } from '../output.ts';
import { debugOption } from '../shared-options.ts';

const EXAMPLES = `Examples:
  assay receipt verify receipt.json                                  with the keys of this machine
  assay receipt verify receipt.json --key https://assay.example/     with those of a daemon
  assay receipt verify receipt.json --key keys.json --request results.json
  assay receipt rotate --withdraw                                    after a key was seen by others
`;

export function receiptCommand() {
  const command = new Command('receipt')
    .summary('verify receipts, and rotate the keys that sign them')
    .description('Verify receipts, which needs no daemon, and rotate the keys that sign them.')
    .addHelpText('before', EXAMPLES);
  command
    .command('verify')
    .summary('say whether a receipt holds')
    .description('Say whether a receipt is signed by a known key, whole, and in its time. Exit code 1 if not.')
    .argument('<file>', 'a receipt, or - for standard input')
    .option('--key <file|url>', 'a JSON Web Key, a set of them, or a daemon; once for each', collect)
    .option('--request <file>', 'the request that it should be about: of the gate, or of verify')
    .option('--json', 'print what it says as JSON')
    .addOption(debugOption())
    .action(async (file, options) => {
      process.exitCode = await verifyReceipt(file, options);
    });
  command
    .command('rotate')
    .summary('have a new key sign from now on')
    .description('Have a new key sign from now on. Receipts of the key before stay good, unless it is withdrawn.')
    .option('--withdraw', 'receipts of the key before are good no longer')
    .addOption(debugOption())
    .action(async ({ withdraw = false }) => {
      const { kid, before } = await (await openKeys()).rotate({ withdraw });
      const old = before === null ? '' : `; ${before} is ${withdraw ? 'withdrawn' : 'kept for the receipts it signed'}`;
      await write(process.stdout, `${kid} signs from now on${old}\n`);
    });
  return command;
}

/** Keys are loaded only where they are asked for. */
async function openKeys(): Promise<KeyStore> {
  const { KeyStore } = await import('../../receipts/key-store.ts');
  return new KeyStore();
}

function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

interface VerifySettings {
  readonly key?: string[];
  readonly request?: string;
  readonly json?: true;
}

async function verifyReceipt(file: string, { key: sources, request, json }: VerifySettings): Promise<ExitCode> {
  const text = await readText(file);
  const { checkReceipt } = await import('../../receipts/verify.ts');
  const { keysFrom } = await import('../../receipts/key-source.ts');
  const keys =
    sources === undefined ? await (await openKeys()).publicKeys() : (await Promise.all(sources.map(keysFrom))).flat();
  const checked = await checkReceipt(text, keys, Date.now());
  if (!checked.valid) return await refuse(checked.problem, json);
  const { kid, statement } = checked;
  if (request !== undefined) {
    const { strayFrom } = await import('../../receipts/subject.ts');
    const stray = strayFrom(statement, expectedBy(parseJson(request, await readText(request))));
    if (stray !== null) return await refuse(`it is about something else: ${stray}`, json);
  }
  await write(process.stdout, json ? `${JSON.stringify({ valid: true, kid, statement })}\n` : inWords(kid, statement));
  return EXIT.ok;
}

async function refuse(problem: string, json: true | undefined): Promise<ExitCode> {
  await write(
    process.stdout,
    json ? `${JSON.stringify({ valid: false, problem })}\n` : `refused: ${printable(problem)}\n`,
  );
  return EXIT.findings;
}

/** @throws Fault where it is neither a request of the gate nor one of verify */
function expectedBy(value: unknown): Expected[] {
  const ofGate = typeof value === 'object' && value !== null && Object.hasOwn(value, 'results');
  const checked = ofGate ? GateRequest.safeParse(value) : VerifyRequest.safeParse(value);
  if (!checked.success) throw misfit(checked.error);
  return 'results' in checked.data ? checked.data.results : [checked.data];
}

function inWords(kid: string, { by, iat, decision, items }: Statement): string {
  const lines = items.map(({ id, status, basis, checked, stamp }) => {
    const python = stamp === null ? '' : `, Python ${stamp.python}`;
    return `  ${id}: ${checked ? `${status} by ${basis}${python}` : `not checked (${basis})`}`;
  });
  const what = decision === null ? by : `${by}: ${decision}`;
  const signed = `good: ${what}, signed ${new Date(iat * 1000).toISOString()} by ${kid}`;
  return `${[signed, ...lines].map(printable).join('\n')}\n`;
}
