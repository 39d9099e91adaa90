import type { FastifyServerOptions } from 'fastify';
import type { PythonVersion } from '../../core/program.ts';
import { MEBIBYTE } from '../../core/units.ts';
import type { SchemeName } from '../reward/schemes/list.ts';
import type { PredictorSet } from '../simulate/predictors.ts';
import type * as SpansModule from './spans.ts';

/** A secret that callers show, and the name under which logs and quotas know whoever shows it. */
export interface AccessToken {
  readonly name: string;
  readonly secret: string;
}

/** `spans.ts`, which is loaded where spans go somewhere. */
export type Spans = typeof SpansModule;

/** What the server needs to know besides the engine. Sizes are in bytes. */
export interface ServerOptions {
  /** Largest body of one request. */
  readonly bodyLimit: number;
  /** Largest body of a batch. */
  readonly batchLimit: number;
  /** All bodies that are held at one time. */
  readonly heldLimit: number;
  /** Items of one batch that are under way at one time. */
  readonly batchConcurrency: number;
  /** Who may call; an empty list lets everybody. */
  readonly tokens: readonly AccessToken[];
  /** Requests a minute that one caller may make; 0 sets no bound. */
  readonly quota: number;
  /** Who may read `/metrics`: everybody, who may call the other routes, or nobody. */
  readonly metrics: 'open' | 'callers' | 'off';
  /** How a bridge rewards where its address does not say. */
  readonly bridgeScheme: SchemeName;
  /** Simulations that are under way at one time. */
  readonly simulations: number;
  /** Models that simulate programs; undefined has none. */
  readonly predictors: PredictorSet | undefined;
  /** Names under which `/mcp` is reached besides loopback ones: what `Host` and `Origin` may say. */
  readonly mcpHosts: readonly string[];
  /** Directory of the keys that sign receipts, or `auto`; the first receipt makes it. */
  readonly keys: string;
  /** Python versions on which `/readyz` has a canary replayed. */
  readonly canaries: readonly PythonVersion[];
  /** What makes spans of requests and answers; undefined makes none. */
  readonly spans: Spans | undefined;
  /** Pino options, or false. Defaults to no log. */
  readonly logger: FastifyServerOptions['logger'];
}

export const DEFAULT_SERVER_OPTIONS: ServerOptions = {
  bodyLimit: 32 * MEBIBYTE,
  batchLimit: 256 * MEBIBYTE,
  heldLimit: 1024 * MEBIBYTE,
  batchConcurrency: 4,
  tokens: [],
  quota: 0,
  metrics: 'off',
  bridgeScheme: 'exact',
  simulations: 64,
  predictors: undefined,
  mcpHosts: [],
  keys: 'auto',
  canaries: [],
  spans: undefined,
  logger: false,
};

/**
 * Time limits in milliseconds, each set on purpose: most of Fastify's own defaults are "none".
 * A replay may take two minutes and says nothing meanwhile, so no limit that watches an idle socket may be near that.
 */
export const TIMES = {
  /** From the first byte of a request to its last; 256 MiB come in at 1 MiB/s. */
  requestTimeout: 300_000,
  /** For the header alone, against clients that trickle. */
  headersTimeout: 30_000,
  /** Silence on a socket that is at work. */
  connectionTimeout: 600_000,
  /** Above the idle time of common load balancers (60 s), so that they close first and lose no request. */
  keepAliveTimeout: 72_000,
  /** For plugins at start. */
  pluginTimeout: 30_000,
} as const;

/** Seconds after which a client may try again where the queue gives no better estimate. */
export const RETRY_AFTER_S = 1;
