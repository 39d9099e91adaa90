import { isIP } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Command } from '@commander-js/extra-typings';
import { MEBIBYTE } from '../../../core/units.ts';
import { findZ3 } from '../../../symbolic/native/find.ts';
import { findBoundary } from '../../../workers/boundary.ts';
import { whyNotSealed } from '../../../workers/seal.ts';
import { fromText } from '../../config/environment.ts';
import type { Config } from '../../config/load.ts';
import { loadConfig } from '../../config/load.ts';
import type { SettingName, Settings } from '../../config/schema.ts';
import { SETTING_NAMES } from '../../config/schema.ts';
import type { AccessToken } from '../../http/options.ts';
import type { HttpServer } from '../../http/server.ts';
import type { PredictorSet } from '../../simulate/predictors.ts';
import type { Assay } from '../../verify/assay.ts';
import { CliError } from '../cli-error.ts';
import { logStream } from '../log-stream.ts';
import { write } from '../output.ts';
import { openPredictors } from '../predictors.ts';
import { debugOption } from '../shared-options.ts';
import { onStopSignal } from '../stop-signals.ts';

const EXAMPLES = `Examples:
  assay serve
  assay serve --port 9000 --workers 8 --python 3.10,3.14

Settings come from assay.config.json (the nearest one upwards), ASSAY_* variables and flags; flags win.
`;

const LOG_LEVELS: ReadonlySet<string> = new Set(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

/**
 * Connections that may wait to be accepted; Linux allows 4096 at most. Trainers open a connection for each sample, all at one
 * time, and one that finds no place is not refused but waits for seconds, or is reset.
 */
const BACKLOG = 4096;

export function serveCommand() {
  return new Command('serve')
    .summary('run the daemon')
    .description('Run the daemon: HTTP API under /v1, its description at /openapi.json and /docs.')
    .option('--host <address>', 'address to listen on (127.0.0.1)')
    .option('--port <n>', 'port to listen on (8787); 0 takes a free one')
    .option('--workers <n>', 'threads per Python version')
    .option('--python <versions>', 'versions that start at boot, as 3.10,3.14 or repeated', collect)
    .option('--queue <n>', 'requests of one caller that may wait for a worker')
    .option('--z3 <path>', 'a Z3 of this machine, for queries that fail in the built-in one')
    .option('--share <yes>', 'true or false: requests that need the same run share it (true)')
    .option('--cache-mb <n>', 'memory for runs that are kept, in MiB; 0 keeps none')
    .option('--cache-file <path>', 'file that keeps runs over restarts; auto or off (auto)')
    .option('--cache-file-mb <n>', 'runs in that file, in MiB')
    .option('--body-limit-mb <n>', 'largest body of one request, in MiB')
    .option('--batch-limit-mb <n>', 'largest body of a batch, in MiB')
    .option('--held-limit-mb <n>', 'all bodies that are held at one time, in MiB')
    .option('--quota <n>', 'requests a minute that one caller may make')
    .option('--keys <directory>', 'keys that sign receipts')
    .option('--metrics <who>', 'who may read /metrics: open, callers or off')
    .option('--bridge-scheme <name>', 'how a bridge rewards where its address does not say')
    .option('--simulations <n>', 'simulations under way at one time')
    .option('--predictor <name>', 'the model that simulates where a request names none')
    .option('--insecure', 'listen where other machines reach it, and ask for no token')
    .option('--unsafe-unsealed', 'for debugging: let programs reach this machine; every stamp says so')
    .option('--config <file>', 'settings file in place of the nearest assay.config.json')
    .option('--log-level <level>', `${[...LOG_LEVELS].join(', ')} (info)`)
    .addOption(debugOption())
    .addHelpText('before', EXAMPLES)
    .action(async ({ config, logLevel = 'info', unsafeUnsealed = false, debug: _debug, ...flags }) => {
      if (!LOG_LEVELS.has(logLevel))
        throw new CliError(`--log-level ${logLevel}`, `one of ${[...LOG_LEVELS].join(', ')}`);
      const loaded = loadConfig({
        directory: process.cwd(),
        file: config,
        environment: process.env,
        flags: readFlags(flags as Record<string, string | string[] | true>),
      });
      await serve(loaded, { logLevel, sealed: !unsafeUnsealed });
    });
}

function collect(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text];
}

/** The settings that flags give. The parser spells `--body-limit-mb` as `bodyLimitMb`, the settings `body_limit_mb`. */
function readFlags(flags: Readonly<Record<string, string | string[] | true>>): Partial<Record<SettingName, unknown>> {
  const read: Partial<Record<SettingName, unknown>> = {};
  for (const name of SETTING_NAMES) {
    const given = flags[name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())];
    if (given !== undefined) read[name] = fromText(name, Array.isArray(given) ? given.join(',') : String(given));
  }
  return read;
}

interface ServeOptions {
  readonly logLevel: string;
  /** Whether programs are kept away from the machine. */
  readonly sealed: boolean;
}

/** Listens until a signal comes. Starting is not awaited: /readyz says when the interpreters are there. */
async function serve(config: Config, { logLevel, sealed }: ServeOptions): Promise<void> {
  const { settings } = config;
  const { host, port, workers, python, queue } = settings;
  refuseOpenDoor(settings);
  if (sealed) refuseOpenSeal();
  else await write(process.stderr, 'warning: programs are not sealed off and can do whatever this daemon may\n');

  const boundary = sealed ? findBoundary() : undefined;
  const { createAssay } = await import('../../verify/assay.ts');
  const { createSharing } = await import('../../sharing/create-sharing.ts');
  let log: HttpServer['log'] | undefined;
  const sharing = settings.share
    ? createSharing({
        memoryBytes: settings.cache_mb * MEBIBYTE,
        // What such a run says is for nobody else.
        file: sealed ? settings.cache_file : 'off',
        fileBytes: settings.cache_file_mb * MEBIBYTE,
        onTrouble: (error) => log?.warn({ err: error }, 'the file of kept runs is left alone for a minute'),
      })
    : undefined;
  const assay = createAssay({
    workers,
    python,
    queue,
    isolation: 'process',
    sealed,
    sharing,
    z3: findZ3({ setting: settings.z3, searchPath: process.env.PATH }),
  });
  // The interpreters start in their own processes while the rest is loaded here, which leaves the loop no turn.
  await boundary;
  const ready = assay.ready();
  ready.catch(() => {});
  await setImmediate();
  const { startTracing } = await import('../../telemetry/tracing.ts');
  const tracing = await startTracing(process.env);
  const spans = tracing.enabled ? await import('../../http/spans.ts') : undefined;
  const { createServer } = await import('../../http/server.ts');
  const predictors = await openPredictors(config);
  const server = createServer(assay, {
    bodyLimit: settings.body_limit_mb * MEBIBYTE,
    batchLimit: settings.batch_limit_mb * MEBIBYTE,
    heldLimit: settings.held_limit_mb * MEBIBYTE,
    batchConcurrency: workers * 4,
    tokens: settings.tokens.map(parseToken),
    quota: settings.quota,
    metrics: settings.metrics,
    bridgeScheme: settings.bridge_scheme,
    simulations: settings.simulations,
    predictors,
    mcpHosts: settings.mcp_hosts,
    keys: settings.keys,
    canaries: python,
    spans,
    logger: { level: logLevel, stream: logStream(process.stderr) },
  });
  log = server.log;
  if (tracing.trouble !== undefined) log.warn(tracing.trouble);
  let stopping = false;
  onStopSignal((signal) => {
    stopping = true;
    return stop(signal, server, assay, predictors).finally(tracing.stop);
  });

  try {
    await listen(server, host, port);
  } catch (error) {
    await assay.close();
    throw error;
  }
  if (!isLoopback(host) && settings.tokens.length === 0) {
    await write(process.stderr, `warning: ${host} can be reached from other machines, and everybody may call\n`);
  }
  if (sealed && (await findBoundary()).name === 'none') {
    server.log.warn('this machine gives no namespaces to put programs into: `assay doctor` says what would help');
  }
  try {
    await ready;
    server.log.info('ready');
  } catch (error) {
    if (stopping) return;
    server.log.fatal({ err: error }, 'the interpreters did not start');
    await server.close();
    await assay.close();
    throw new CliError(`the interpreters did not start: ${reasonOf(error)}`, 'run `assay doctor`', undefined, error);
  }
}

/** What lies behind an error. */
function reasonOf(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause !== undefined) at = at.cause;
  return at instanceof Error ? at.message : String(at);
}

/** @throws {CliError} where this Node cannot keep programs away from the machine */
function refuseOpenSeal(): void {
  const why = whyNotSealed(process.allowedNodeEnvironmentFlags);
  if (why !== undefined) throw new CliError(why, 'use Node 26, which `npm ci` brings along');
}

async function stop(signal: string, server: HttpServer, assay: Assay, predictors: PredictorSet): Promise<void> {
  server.log.info({ signal }, 'finishing what is in flight');
  // A model may take longer than anybody waits: simulations end with what there is.
  await predictors.close();
  await server.close();
  await assay.close();
  server.log.info('stopped');
}

async function listen(server: HttpServer, host: string, port: number): Promise<void> {
  try {
    await server.listen({ host, port, backlog: BACKLOG });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new CliError(`port ${port} of ${host} is taken`, 'choose another with --port, or 0 for a free one');
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new CliError(`cannot listen on ${host}:${port} (${code})`, 'choose another --host or --port');
    }
    throw error;
  }
}

function parseToken(text: string): AccessToken {
  const end = text.indexOf(':');
  return { name: text.slice(0, end), secret: text.slice(end + 1) };
}

/** @throws {CliError} where other machines could call without a token, and nobody said that they may */
function refuseOpenDoor({ host, tokens, insecure }: Settings): void {
  if (isLoopback(host) || tokens.length > 0 || insecure) return;
  throw new CliError(
    `${host} can be reached from other machines, and no token is set`,
    'set ASSAY_TOKENS=name:secret, or let everybody call with --insecure',
  );
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
