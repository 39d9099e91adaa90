import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { z } from 'zod';
import { VERSION } from '../src/config/version.ts';
import { AIMS, meets, valuesOf } from './aims.ts';
import type { Series } from './rounds.ts';
import { figureName, type Scenario } from './scenario.ts';
import { summarize } from './statistics.ts';

const Spread = {
  unit: z.string(),
  median: z.number(),
  min: z.number(),
  max: z.number(),
  values: z.array(z.number()).min(1).describe('One a round.'),
};

/** What a run of the benchmark writes. */
export const BenchResult = z.strictObject({
  machine: z.strictObject({
    cores: z.int().min(1),
    processor: z.string(),
    memory_mb: z.number(),
    platform: z.string(),
    load: z.number().describe('Load of the last minute before the run; what others do makes every figure worse.'),
    node: z.string(),
    cpython: z.string().nullable(),
    assay: z.string(),
  }),
  programs: z.strictObject({
    source: z.string(),
    measured: z.int().min(1),
    left_out: z.array(z.string()).describe('Not traced alike by CPython and Assay, so measured on no side.'),
  }),
  rounds: z.int().min(1),
  seconds: z.number().min(0),
  figures: z.array(z.strictObject({ name: z.string(), about: z.string(), ...Spread })),
  comparisons: z.array(
    z.strictObject({
      name: z.string(),
      about: z.string(),
      figure: z.string(),
      per: z.string().nullable(),
      ...Spread,
      at_least: z.number().nullable(),
      at_most: z.number().nullable(),
      met: z.boolean().nullable().describe('Whether the median is within; null where nothing is asked of it.'),
    }),
  ),
  skipped: z.array(z.strictObject({ scenario: z.string(), reason: z.string() })),
});
export type BenchResult = z.infer<typeof BenchResult>;
export type Figure = BenchResult['figures'][number];
export type Comparison = BenchResult['comparisons'][number];

/** @param cpython version of the CPython that was measured, if one was */
export function machineFacts(cpython: string | null): BenchResult['machine'] {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memory_mb: Math.round(totalmem() / 1e6),
    platform: `${process.platform}-${process.arch}`,
    load: loadavg()[0] ?? 0,
    node: process.versions.node,
    cpython,
    assay: VERSION,
  };
}

/** Every figure that has a value. */
export function figuresOf(scenarios: readonly Scenario[], series: Series): Figure[] {
  return scenarios.flatMap(({ name: scenario, about, units }) =>
    Object.entries(units).flatMap(([figure, unit]) => {
      const name = figureName(scenario, figure);
      const values = (series.get(name) ?? []).filter(Number.isFinite);
      return values.length === 0 ? [] : [{ name, about, unit, ...summarize(values), values }];
    }),
  );
}

/** Every comparison whose scenarios were run. */
export function comparisonsOf(series: Series): Comparison[] {
  return AIMS.flatMap((aim) => {
    const { name, about, figure, per = null, unit, atLeast, atMost } = aim;
    const values = valuesOf(aim, series);
    if (values.length === 0) return [];
    const summary = summarize(values);
    return [
      {
        name,
        about,
        figure,
        per,
        unit,
        ...summary,
        values,
        at_least: atLeast ?? null,
        at_most: atMost ?? null,
        met: meets(aim, summary.median),
      },
    ];
  });
}
