import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { FastifyZodOpenApiTypeProvider } from 'fastify-zod-openapi';
import { Problem } from '../../../core/fault.ts';
import type { Gate } from '../../gate/gate.ts';
import type { KeyStore } from '../../receipts/key-store.ts';
import type { Rewarder } from '../../reward/rewarder.ts';
import type { Simulator } from '../../simulate/simulator.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Assay } from '../../verify/assay.ts';
import type { ServerOptions } from '../options.ts';
import type { CheckReadiness } from '../readiness.ts';

/** A server whose routes are typed by their zod schemas. */
export type TypedServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  FastifyZodOpenApiTypeProvider
>;

/** What routes work with. */
export interface RouteContext {
  readonly assay: Assay;
  readonly rewarder: Rewarder;
  readonly simulator: Simulator;
  readonly gate: Gate;
  /** The keys that sign receipts. */
  readonly keys: KeyStore;
  readonly options: ServerOptions;
  readonly readiness: CheckReadiness;
  readonly telemetry: Telemetry;
}

/** Adds one route, or a few that belong together. */
export type Route = (server: TypedServer, context: RouteContext) => void;

export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

/** The errors of every route that takes a body. Made anew for each: the OpenAPI plugin writes into what it is given. */
export const bodyProblems = () =>
  ({
    400: problem('The body is not JSON or does not fit the schema; `errors` names each place.'),
    401: problem('The caller shows no token that is known here.'),
    413: problem('The body is too large.'),
    415: problem('The body has a content type that the route does not read.'),
    429: problem('The caller has used up its quota; see `Retry-After`.'),
    500: problem('Assay failed.'),
    503: problem('The queue is full or the daemon is shutting down; see `Retry-After`.'),
  }) as const;

export const notReadyProblem = () => ({ 503: problem('Not ready.') }) as const;
