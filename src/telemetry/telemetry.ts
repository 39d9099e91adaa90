import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { LabelsOf, MetricName, MetricSpec } from './metrics.ts';
import { METRICS } from './metrics.ts';

type Instrument = Counter | Gauge | Histogram;

/** Counts what happens, and writes it down in the text format of Prometheus. */
export class Telemetry {
  readonly #registry = new Registry();
  readonly #instruments = new Map<string, Instrument>();
  readonly #samplers: (() => void)[] = [];

  constructor() {
    for (const [name, spec] of Object.entries(METRICS)) this.#instruments.set(name, make(name, spec, this.#registry));
  }

  /** Adds to a counter. */
  count<Name extends MetricName>(name: Name, labels: LabelsOf<Name>, by = 1): void {
    const counter = this.#instruments.get(name);
    if (!(counter instanceof Counter)) throw new Error(`${name} is no counter`);
    counter.inc(labels, by);
  }

  /** Sets a gauge; a counter that is kept elsewhere is set to what it has come to. */
  set<Name extends MetricName>(name: Name, labels: LabelsOf<Name>, value: number): void {
    const instrument = this.#instruments.get(name);
    if (instrument instanceof Gauge) instrument.set(labels, value);
    else if (instrument instanceof Counter) {
      instrument.remove(labels);
      instrument.inc(labels, value);
    } else throw new Error(`${name} is neither gauge nor counter`);
  }

  /** Adds a value, in seconds, to a histogram. */
  observe<Name extends MetricName>(name: Name, labels: LabelsOf<Name>, seconds: number): void {
    const histogram = this.#instruments.get(name);
    if (!(histogram instanceof Histogram)) throw new Error(`${name} is no histogram`);
    histogram.observe(labels, seconds);
  }

  /** Has gauges set right before they are read. */
  beforeReading(sample: () => void): void {
    this.#samplers.push(sample);
  }

  /** Adds what Node tells of its process: memory, processor, event loop, garbage collection. */
  addProcessMetrics(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    for (const sample of this.#samplers) sample();
    return await this.#registry.metrics();
  }
}

function make(name: string, { type, help, labels, buckets }: MetricSpec, registry: Registry): Instrument {
  const shape = { name, help, labelNames: [...labels], registers: [registry] };
  if (type === 'counter') return new Counter(shape);
  if (type === 'gauge') return new Gauge(shape);
  return new Histogram({ ...shape, ...(buckets !== undefined && { buckets: [...buckets] }) });
}
