import { availableParallelism } from 'node:os';
import { Command, Option } from '@commander-js/extra-typings';
import { MEBIBYTE } from '../../../core/units.ts';
import { FAILED_METRICS } from '../../reward/metrics.ts';
import { OnInconclusive, type RewardItem, type RewardResponse } from '../../reward/reward-request.ts';
import { NO_DETAIL, type Rewarder, type RewardOptions } from '../../reward/rewarder.ts';
import { SCHEME_NAMES, type SchemeName } from '../../reward/schemes/list.ts';
import { STDIN } from '../claims.ts';
import { CliError } from '../cli-error.ts';
import { createDaemonRewarder } from '../daemon-client.ts';
import { EXIT } from '../exit-codes.ts';
import { requireFiles } from '../files.ts';
import { write } from '../output.ts';
import { inChunks, type ReadItem, readItems } from '../reward-items.ts';
import { REWARD_FORMAT_NAMES, REWARD_FORMATS, type RewardedItem } from '../reward-report.ts';
import { daemonOption, debugOption, wholeNumber } from '../shared-options.ts';

const EXAMPLES = `Examples:
  assay reward rollouts.jsonl --scheme prefix --format jsonl
  assay reward - --scheme output --daemon http://127.0.0.1:8787 < rollouts.jsonl

A line is {"program": {…}, "claim": {…}} or {"program": {…}, "completion": "…"}.
`;

/** Items that are asked about at one time. */
const CHUNK = 256;
/** For one chunk, in milliseconds. */
const CHUNK_MS = 120_000;
const CACHE_BYTES = 256 * MEBIBYTE;

export function rewardCommand() {
  return new Command('reward')
    .summary('reward claims, for training')
    .description('Give each claim, or the last complete claim of each completion, a number in [0, 1] or null.')
    .argument('<files...>', '.jsonl files with one item a line, or - for standard input')
    .addOption(new Option('--scheme <name>', 'how claims are rewarded').choices(SCHEME_NAMES).default('exact' as const))
    .addOption(
      new Option('--on-inconclusive <what>', 'what an inconclusive claim earns')
        .choices(OnInconclusive.options)
        .default('null' as const),
    )
    .option('--floor <number>', 'with --on-inconclusive floor: the least that a claim earns, from 0 to 1')
    .option('--no-cross-check', 'do not run programs again untraced and in another world')
    .addOption(
      new Option('--format <format>', 'concise, json or jsonl')
        .choices(REWARD_FORMAT_NAMES)
        .default('concise' as const),
    )
    .option('--workers <n>', 'programs to run at one time')
    .addOption(daemonOption())
    .addOption(debugOption())
    .addHelpText('before', EXAMPLES)
    .action(async (files, { workers, daemon, floor, ...options }) => {
      requireFiles(files.filter((file) => file !== STDIN));
      if (files.filter((file) => file === STDIN).length > 1) throw new CliError('standard input can be read only once');
      const engine = await openRewarder(
        daemon === '' ? undefined : daemon,
        workers === undefined ? availableParallelism() : wholeNumber('--workers', workers, 1),
      );
      try {
        process.exitCode = await reward(engine.rewarder, files, {
          scheme: options.scheme as SchemeName,
          on_inconclusive: options.onInconclusive as OnInconclusive,
          cross_check: options.crossCheck,
          format: options.format as keyof typeof REWARD_FORMATS,
          ...(floor !== undefined && { floor: readFloor(floor) }),
        });
      } finally {
        await engine.close();
      }
    });
}

interface OpenRewarder {
  readonly rewarder: Rewarder;
  close(): Promise<void>;
}

/** The engine is loaded only where it is needed. */
async function openRewarder(daemon: string | undefined, workers: number): Promise<OpenRewarder> {
  if (daemon !== undefined) return { rewarder: createDaemonRewarder(daemon), close: () => Promise.resolve() };
  const { createAssay } = await import('../../verify/assay.ts');
  const { createRewarder } = await import('../../reward/rewarder.ts');
  const { createSharing } = await import('../../sharing/create-sharing.ts');
  const sharing = createSharing({ memoryBytes: CACHE_BYTES, file: 'off', fileBytes: 0, onTrouble: () => {} });
  const assay = createAssay({ workers, python: [], queue: 1024, sharing });
  return { rewarder: createRewarder(assay), close: () => assay.close() };
}

function readFloor(text: string): number {
  const floor = text.trim() === '' ? Number.NaN : Number(text);
  if (floor >= 0 && floor <= 1) return floor;
  throw new CliError(`--floor takes a number from 0 to 1, not ${JSON.stringify(text)}`);
}

type Settings = Omit<RewardOptions, 'deadlineMs'> & { readonly format: keyof typeof REWARD_FORMATS };

/** A low reward is no finding: the command fails only where an item got no verdict. */
async function reward(rewarder: Rewarder, files: readonly string[], { format, ...options }: Settings) {
  const report = REWARD_FORMATS[format]();
  let stamp: RewardResponse['stamp'] | null = null;
  let failed = false;
  let index = 0;
  for await (const chunk of inChunks(readItems(files), CHUNK)) {
    const items = chunk.flatMap(({ item }): RewardItem[] => (typeof item === 'string' ? [] : [item]));
    const response = await rewarder.score(items, { ...options, deadlineMs: CHUNK_MS });
    stamp ??= response.stamp;
    for (const rewarded of rewardedItems(chunk, response)) {
      failed ||= rewarded.failure !== null;
      await write(process.stdout, report.item(rewarded, index++));
    }
  }
  await write(process.stdout, report.end(stamp));
  return failed ? EXIT.failed : EXIT.ok;
}

/** Puts the answers beside the items, those that could not be read among them. */
function* rewardedItems(chunk: readonly ReadItem[], response: RewardResponse): Generator<RewardedItem> {
  const failures = new Map(response.failures.map(({ index, ...failure }) => [index, failure]));
  let asked = 0;
  for (const { name, item } of chunk) {
    if (typeof item === 'string') {
      const failure = { failure_class: 'invalid-request', detail: item } as const;
      yield { name, reward: null, status: 'failed', metrics: FAILED_METRICS, detail: NO_DETAIL, failure };
      continue;
    }
    yield {
      name,
      reward: response.rewards[asked] ?? null,
      status: response.statuses[asked] ?? 'failed',
      metrics: response.metrics[asked] ?? FAILED_METRICS,
      detail: response.details[asked] ?? NO_DETAIL,
      failure: failures.get(asked) ?? null,
    };
    asked++;
  }
}
