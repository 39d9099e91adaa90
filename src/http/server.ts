import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import fastify, { LogController } from 'fastify';
import type { FastifyZodOpenApiTypeProvider } from 'fastify-zod-openapi';
import { Fault } from '../../core/fault.ts';
import { VERSION } from '../config/version.ts';
import { createGate } from '../gate/gate.ts';
import { KeyStore } from '../receipts/key-store.ts';
import { createSigner } from '../receipts/sign.ts';
import { createRewarder } from '../reward/rewarder.ts';
import { PredictorSet } from '../simulate/predictors.ts';
import { Simulator } from '../simulate/simulator.ts';
import { type Face, observeAssay, sampleHealth } from '../telemetry/observed-assay.ts';
import { Telemetry } from '../telemetry/telemetry.ts';
import type { Assay } from '../verify/assay.ts';
import { installAccess, installQuota } from './access.ts';
import { installDraining } from './draining.ts';
import { installHeldBodies } from './held-bodies.ts';
import { installOpenApi } from './openapi.ts';
import type { ServerOptions } from './options.ts';
import { DEFAULT_SERVER_OPTIONS, TIMES } from './options.ts';
import { answerError, answerMalformed, installProblems } from './problems.ts';
import { createReadiness } from './readiness.ts';
import { installRequestLog } from './request-log.ts';
import { installRequestMetrics } from './request-metrics.ts';
import { ROUTES } from './routes/list.ts';
import type { RouteContext } from './routes/route.ts';
import { serializerCompiler, validatorCompiler } from './validation.ts';

/** The daemon's HTTP server. */
export type HttpServer = FastifyInstance;

/** Ids that a proxy may set: short, and nothing that could be taken for something else in a log. */
const REQUEST_ID = /^[\w.-]{1,64}$/;

/**
 * The daemon's HTTP face on an engine. It does not listen yet, and closing it does not close the engine.
 */
export function createServer(assay: Assay, options: Partial<ServerOptions> = {}): HttpServer {
  const settings: ServerOptions = { ...DEFAULT_SERVER_OPTIONS, ...options };
  const server = fastify({
    logger: settings.logger ?? false,
    // Ours is one line and not two, see request-log.ts.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    bodyLimit: settings.bodyLimit,
    connectionTimeout: TIMES.connectionTimeout,
    keepAliveTimeout: TIMES.keepAliveTimeout,
    requestTimeout: TIMES.requestTimeout,
    pluginTimeout: TIMES.pluginTimeout,
    maxRequestsPerSocket: 0,
    http: { headersTimeout: TIMES.headersTimeout },
    // Ours says so as a problem, see draining.ts.
    return503OnClosing: false,
    // A local may be called `__proto__` or `constructor`. Bodies are read through schemas and never merged.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    clientErrorHandler: answerMalformed,
    frameworkErrors: (error, request, reply) => {
      answerError(new Fault('invalid-request', error.message), request, reply);
    },
  }).withTypeProvider<FastifyZodOpenApiTypeProvider>();

  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.removeContentTypeParser('text/plain');
  installProblems(server);
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done(refuseEncoding(request.headers['content-encoding']));
  });
  installAccess(server, settings.tokens);
  installRequestLog(server);
  settings.spans?.installRequestSpans(server);
  const telemetry = new Telemetry();
  sampleHealth(assay, telemetry);
  installRequestMetrics(server, telemetry);
  installDraining(server);
  installQuota(server, settings.quota);
  installHeldBodies(server, settings.heldLimit);
  installOpenApi(server, VERSION);

  const engine = (face: Face) => observeAssay(settings.spans?.traceAssay(assay, face) ?? assay, telemetry, face);
  const readiness = createReadiness(assay, settings.canaries);
  const keys = new KeyStore(settings.keys);
  const context: RouteContext = {
    assay: engine('verify'),
    gate: createGate(engine('gate'), createSigner(keys)),
    keys,
    rewarder: createRewarder(engine('reward'), settings.bridgeScheme),
    simulator: new Simulator(engine('simulate'), settings.predictors ?? new PredictorSet()),
    options: settings,
    telemetry,
    readiness: async () => {
      const found = await readiness();
      telemetry.set('assay_ready', {}, found.ready ? 1 : 0);
      return found;
    },
  };
  server.register((scope, _options, done) => {
    for (const route of ROUTES) route(scope.withTypeProvider<FastifyZodOpenApiTypeProvider>(), context);
    done();
  });
  return server;
}

function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

function refuseEncoding(encoding: string | undefined): Fault | undefined {
  if (encoding === undefined || encoding === 'identity') return undefined;
  return new Fault(
    'unsupported-media',
    `bodies are read uncompressed, not as ${JSON.stringify(encoding.slice(0, 40))}`,
  );
}
