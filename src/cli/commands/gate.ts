import { availableParallelism } from 'node:os';
import { Command, Option } from '@commander-js/extra-typings';
import { type Decision, GateRequest } from '../../gate/gate-request.ts';
import { decisionInWords } from '../../report/decision.ts';
import { createStyle } from '../../report/style.ts';
import { openGate } from '../engine.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { readJson, writeJson } from '../json-file.ts';
import { write } from '../output.ts';
import { colorOption, daemonOption, debugOption } from '../shared-options.ts';
import { wantsColour } from '../terminal.ts';

const EXAMPLES = `Examples:
  assay gate results.json                          results with their claims, and a policy
  assay gate results.json --receipt receipt.json   keep what was signed
  assay gate - --format json < results.json

The file is a request of POST /v1/gate: {"results": [{"id", "program", "claim", "model"}], "policy": {}}.
`;

export function gateCommand() {
  return new Command('gate')
    .summary('decide whether simulated results may be acted on')
    .description(
      'Test simulated results as a policy wants it. Exit code 0 accepts them, 1 rejects them, 3 holds them: something was not shown.',
    )
    .argument('<file>', 'results with their claims and a policy, or - for standard input')
    .option('--receipt <file>', 'write the signed receipt there; without it none is made')
    .addOption(
      new Option('--format <format>', 'full for reading, json for programs')
        .choices(['full', 'json'] as const)
        .default('full' as const),
    )
    .addOption(daemonOption())
    .addOption(colorOption())
    .addOption(debugOption())
    .addHelpText('before', EXAMPLES)
    .action(async (file, options) => {
      process.exitCode = await gate(file, {
        ...options,
        daemon: options.daemon === '' ? undefined : options.daemon,
      });
    });
}

interface GateSettings {
  readonly receipt?: string;
  readonly format: 'full' | 'json';
  readonly daemon: string | undefined;
  readonly color: 'auto' | 'always' | 'never';
}

async function gate(file: string, { receipt: receiptFile, format, daemon, color }: GateSettings): Promise<ExitCode> {
  const request = await readJson(file, GateRequest);
  const engine = await openGate({ daemon, workers: Math.min(request.results.length, availableParallelism()) });
  try {
    const answer = await engine.gate({ ...request, receipt: receiptFile !== undefined });
    if (receiptFile !== undefined) writeJson(receiptFile, answer.receipt);
    const style = createStyle(wantsColour(color, process.stdout, process.env));
    await write(process.stdout, format === 'json' ? `${JSON.stringify(answer)}\n` : decisionInWords(answer, style));
    return exitCodeOf(answer.decision);
  } finally {
    await engine.close();
  }
}

function exitCodeOf(decision: Decision): ExitCode {
  switch (decision) {
    case 'accept':
      return EXIT.ok;
    case 'hold':
      return EXIT.inconclusive;
    case 'reject':
      return EXIT.findings;
  }
}
