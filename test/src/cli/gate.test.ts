import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { VerifyRequest } from '../../../core/verdict.ts';
import { ReceiptNotes } from '../../../src/cli/receipt-notes.ts';
import { strayFrom } from '../../../src/receipts/subject.ts';
import { useDaemon } from '../http/harness.ts';
import { temporaryDirectory } from '../receipts/keys.ts';
import { run } from './harness.ts';

/** Starting the program again and again takes its time on a busy machine. */
const timeout = 120_000;

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RESULTS = join(ROOT, 'examples/gate/results.json');
const directory = temporaryDirectory();
const env = { ASSAY_KEYS: join(directory, 'keys') };
const receipt = join(directory, 'receipt.json');
const daemon = useDaemon({ python: ['3.14'] }, { keys: join(directory, 'daemon'), canaries: ['3.14'] }, true);

const assay = (...args: string[]) => run(args, { env });

describe('assay gate', () => {
  it('answers as the README says, and its receipt holds', { timeout }, async () => {
    const { code, stdout, stderr } = await assay('gate', RESULTS, '--receipt', receipt);
    expect([code, stderr]).toEqual([1, '']);
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`\`\`\`\n${stdout}\`\`\``);

    const checked = await assay('receipt', 'verify', receipt, '--request', RESULTS);
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^good: gate: reject, signed/) });

    const other = join(directory, 'other.json');
    writeFileSync(other, readFileSync(RESULTS, 'utf8').replace('[2, 4]', '[2, 5]'));
    expect(await assay('receipt', 'verify', receipt, '--request', other)).toMatchObject({
      code: 1,
      stdout: 'refused: it is about something else: the claim of doubled is another one\n',
    });
  });

  it('holds with 3 what was not shown, and refuses what is no request', { timeout }, async () => {
    const request = JSON.parse(readFileSync(RESULTS, 'utf8'));
    request.results.pop();
    request.policy = { max_age_s: 60 };
    const held = await run(['gate', '-', '--format', 'json'], { env, input: JSON.stringify(request) });
    expect([held.code, JSON.parse(held.stdout).decision]).toEqual([3, 'hold']);
    expect(await run(['gate', '-'], { env, input: '{}' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('/results: '),
    });
  });

  it('asks a daemon, which signs with its own key', { timeout }, async () => {
    expect((await assay('gate', RESULTS, '--daemon', daemon.url, '--receipt', receipt)).code).toBe(1);
    expect(await assay('receipt', 'verify', receipt)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('not known here'),
    });
    expect((await assay('receipt', 'verify', receipt, '--key', daemon.url)).code).toBe(0);
    expect((await assay('gate', RESULTS, '--daemon', 'http://127.0.0.1:9')).code).toBe(69);
  });
});

describe('assay verify --receipt', () => {
  it('signs the verdicts of this machine, and not those of a daemon', { timeout }, async () => {
    const claims = join(ROOT, 'examples/requests/several.jsonl');
    expect((await assay('verify', claims, '--receipt', receipt)).code).toBe(1);
    const checked = await assay('receipt', 'verify', receipt, '--json');
    const { statement } = JSON.parse(checked.stdout);
    expect(statement).toMatchObject({ by: 'verify', decision: null });
    expect(statement.items.map(({ id, status }: Record<string, string>) => `${id} ${status}`)).toEqual(
      ['verified', 'refuted', 'verified', 'verified', 'refuted'].map(
        (status, index) => `${claims}#${index + 1} ${status}`,
      ),
    );
    const { code, stderr } = await assay('verify', RESULTS, '--receipt', receipt, '--daemon', daemon.url);
    expect([code, stderr]).toEqual([2, expect.stringContaining('signed by whoever tests')]);
  });

  it('binds a trace to the program in its prompt, and says of what got no verdict', async () => {
    const text = readFileSync(join(ROOT, 'examples/rotate.right.cwm'), 'utf8');
    const trace = (words: string) =>
      VerifyRequest.parse({ claim: { kind: 'trace', format: 'cwm', text: words }, options: { bounded: 'accept' } });
    const subject = { name: 'rotate', source: null, program: null };
    const problem = { type: 'x', title: 'x', status: 503, detail: 'x', code: 'queue-full' };
    process.env.ASSAY_KEYS = env.ASSAY_KEYS;
    const notes = new ReceiptNotes();
    notes.note({ subject, request: trace(text) }, { subject, problem });
    notes.note({ subject, problem }, { subject, problem });
    const { payload } = await notes.sign();
    const statement = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(statement.items).toMatchObject([
      { checked: false, basis: 'none', status: null, options: { bounded: 'accept', cross_check: false } },
    ]);
    expect(strayFrom(statement, [trace(text)])).toBeNull();
    // The prompt stands in the claim, so both are other ones.
    expect(strayFrom(statement, [trace(text.replace('rotate', 'turn'))])).toContain('the program of item 0');
    expect(strayFrom(statement, [trace(`${text} `)])).toContain('the claim of item 0');
  });
});

describe('assay receipt', () => {
  it('rotates keys, withdraws them, and refuses those that others can read', { timeout }, async () => {
    const keys = join(directory, 'rotated');
    const own = { env: { ASSAY_KEYS: keys } };
    expect((await run(['receipt', 'rotate'], own)).stdout).toMatch(/^\S{43} signs from now on\n$/);
    expect((await run(['receipt', 'rotate', '--withdraw'], own)).stdout).toMatch(/; \S{43} is withdrawn\n$/);
    if (process.platform === 'win32') return;
    chmodSync(join(keys, 'signing-key.json'), 0o644);
    expect(await run(['receipt', 'rotate'], own)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/open to others \(mode 644\)\nfix: chmod 600 /),
    });
  });

  it('says how it is used', { timeout }, async () => {
    expect(await assay('receipt', 'prove')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('assay receipt'),
    });
  });
});
