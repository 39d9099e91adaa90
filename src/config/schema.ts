import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { PythonVersion } from '../../core/program.ts';
import { PredictorOptions } from '../../neural/providers/options.ts';
import { SCHEME_NAMES } from '../reward/schemes/list.ts';

/** No comma, since a variable holds several; long enough not to be guessed. */
const TokenSetting = z.string().regex(/^[\w.-]{1,64}:[\x21-\x2b\x2d-\x7e]{16,256}$/, {
  message: 'must be name:secret, the secret of 16 to 256 printable characters without space and comma',
});

/** A name that stands in URLs, logs and variables as it is. */
const PredictorName = z.string().regex(/^[A-Za-z][\w.-]{0,63}$/, {
  message: 'must begin with a letter, and hold letters, digits, `_`, `.` and `-`',
});

/** What the daemon can be told. Every key has a default, so an empty configuration is a whole one. */
export const Settings = z
  .strictObject({
    host: z.string().min(1).describe('Address to listen on.'),
    port: z.int().min(0).max(65_535).describe('TCP port; 0 takes a free one.'),
    workers: z.int().min(1).max(256).describe('Threads per Python version.'),
    python: z.array(PythonVersion).describe('Versions that start at boot; others start on first use.'),
    queue: z.int().min(0).max(1_000_000).describe('Requests of one caller that may wait for a worker.'),
    share: z.boolean().describe('Requests that need the same run share it.'),
    cache_mb: z
      .int()
      .min(0)
      .max(65_536)
      .describe('Memory for runs that are kept for later requests, in MiB; 0 keeps none.'),
    cache_file: z
      .string()
      .min(1)
      .describe('File that keeps runs over restarts: a path, `auto` for one beside the interpreters’ images, `off`.'),
    cache_file_mb: z.int().min(1).max(1_048_576).describe('Runs in that file, in MiB.'),
    body_limit_mb: z.int().min(1).max(256).describe('Largest body of one request, in MiB.'),
    batch_limit_mb: z.int().min(1).max(400).describe('Largest body of a batch, in MiB.'),
    held_limit_mb: z
      .int()
      .min(1)
      .max(65_536)
      .describe('All bodies that are in the house at one time, in MiB; what exceeds it is answered with 503.'),
    tokens: z
      .array(TokenSetting)
      .describe('Who may call, as `name:secret`; a name may have several secrets. Empty lets everybody.'),
    insecure: z.boolean().describe('Listen on an address that other machines reach although no token is asked for.'),
    metrics: z
      .enum(['open', 'callers', 'off'])
      .describe('Who may read `/metrics`: everybody, who may call the other routes, or nobody.'),
    bridge_scheme: z
      .enum(SCHEME_NAMES)
      .describe('How a bridge rewards where its address does not say: some trainers ask at addresses of their own.'),
    check_ignore: z
      .array(z.string().regex(/^AS\d{3}(?::.+)?$/, { message: 'must be a code, or `code:path`' }))
      .describe('Findings of `assay check` to leave out: `AS305`, or `AS305:tools/` for the paths that start so.'),
    z3: z
      .string()
      .describe(
        'A Z3 of this machine for queries that fail in the built-in one: a path or a name; empty looks for `z3`, `off` uses none.',
      ),
    mcp_hosts: z
      .array(z.string().regex(/^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])$/i, { message: 'must be a host name, without port' }))
      .describe('Names under which `/mcp` is reached, besides loopback ones: what `Host` and `Origin` may say.'),
    keys: z
      .string()
      .min(1)
      .describe('Directory of the keys that sign receipts, or `auto` for one among the user’s data.'),
    quota: z.int().min(0).max(1_000_000).describe('Requests a minute that one caller may make; 0 sets no bound.'),
    predictors: z
      .record(PredictorName, PredictorOptions)
      .describe('Models that simulate programs, by name; each says its `provider` and what that one needs.'),
    simulations: z
      .int()
      .min(1)
      .max(10_000)
      .describe('Simulations under way at one time; what exceeds it is answered with 503.'),
    predictor: z
      .string()
      .describe(
        'The one that answers where a request names none; empty takes the only one, and the embedded model where there is none.',
      ),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof Settings>;
export type SettingName = keyof Settings;

export const SETTING_NAMES = Object.keys(Settings.shape) as readonly SettingName[];

export const DEFAULT_SETTINGS: Settings = {
  host: '127.0.0.1',
  port: 8787,
  workers: availableParallelism(),
  python: ['3.10', '3.14'],
  queue: 1024,
  share: true,
  cache_mb: 256,
  cache_file: 'auto',
  cache_file_mb: 1024,
  body_limit_mb: 32,
  batch_limit_mb: 256,
  held_limit_mb: 1024,
  tokens: [],
  insecure: false,
  metrics: 'callers',
  bridge_scheme: 'exact',
  check_ignore: [],
  z3: '',
  mcp_hosts: [],
  keys: 'auto',
  quota: 0,
  simulations: 64,
  predictors: {},
  predictor: '',
};
