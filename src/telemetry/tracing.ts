import { z } from 'zod';

/** Not among the dependencies: who wants traces installs it beside Assay. Its name is data, so that nothing else looks. */
const SDK_NAME: string = '@opentelemetry/sdk-node';

const EXPORTER_VARIABLES = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_TRACES_EXPORTER',
] as const;

type Environment = Readonly<Record<string, string | undefined>>;

interface Sdk {
  start(): void;
  /** Sends what is still to be sent. */
  shutdown(): Promise<void>;
}

const SdkModule = z.object({
  NodeSDK: z.custom<new (options: { serviceName: string }) => Sdk>((value) => typeof value === 'function'),
});

/** What came of looking for OpenTelemetry. */
export interface Tracing {
  /** Whether spans go anywhere. */
  readonly enabled: boolean;
  /** What whoever runs the daemon should know; undefined where all is as it was asked for. */
  readonly trouble?: string;
  stop(): Promise<void>;
}

const NO_TRACING: Tracing = { enabled: false, stop: () => Promise.resolve() };

/** Whether the environment asks for traces, by the variables that OpenTelemetry's specification names. */
export function asksForTraces(environment: Environment): boolean {
  if (environment.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  if (environment.OTEL_TRACES_EXPORTER === 'none') return false;
  return EXPORTER_VARIABLES.some((name) => (environment[name] ?? '') !== '');
}

/**
 * Starts OpenTelemetry's SDK where the environment asks for it and nobody has started one (`node --import …`). The SDK reads
 * the `OTEL_*` variables itself. Traces are no reason not to serve: where there is no SDK, the trouble says so.
 */
export async function startTracing(environment: Environment): Promise<Tracing> {
  if (await hasProvider()) return { ...NO_TRACING, enabled: true };
  if (!asksForTraces(environment)) return NO_TRACING;
  try {
    const { NodeSDK } = SdkModule.parse(await import(SDK_NAME));
    const sdk = new NodeSDK({ serviceName: environment.OTEL_SERVICE_NAME ?? 'assay' });
    sdk.start();
    return { enabled: true, stop: () => sdk.shutdown().catch(() => {}) };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { ...NO_TRACING, trouble: `no traces: ${why}; install ${SDK_NAME} beside Assay` };
  }
}

/** Where OpenTelemetry's API keeps what is registered with it, whoever loaded it (`@opentelemetry/api` 1, `global-utils`). */
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

async function hasProvider(): Promise<boolean> {
  if (!(REGISTRY in globalThis)) return false;
  const { ProxyTracerProvider, trace } = await import('@opentelemetry/api');
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer('assay') !== undefined;
}
