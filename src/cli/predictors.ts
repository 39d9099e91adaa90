import { dirname, resolve } from 'node:path';
import { OnnxOptions } from '../../neural/providers/onnx/options.ts';
import type { PredictorOptions } from '../../neural/providers/options.ts';
import type { Config } from '../config/load.ts';
import type { PredictorSet } from '../simulate/predictors.ts';

/** What the embedded model is called, unless a configuration calls another one so. */
const EMBEDDED = 'nano';

/** The predictors that a configuration has, and the embedded one, by name. */
export function knownPredictors({ settings }: Config): ReadonlyMap<string, PredictorOptions> {
  return new Map([[EMBEDDED, OnnxOptions.parse({ provider: 'onnx' })], ...Object.entries(settings.predictors)]);
}

/**
 * The predictors of a configuration. Where it names no default, that is the only one it has, or the embedded one where it
 * has none. Paths in a file start beside that file.
 */
export async function openPredictors(config: Config): Promise<PredictorSet> {
  const { PredictorSet } = await import('../simulate/predictors.ts');
  const { settings, origins } = config;
  const [only = EMBEDDED, second] = Object.keys(settings.predictors);
  const origin = origins.get('predictors') ?? 'default';
  const isFile = origin !== 'default' && !origin.startsWith('ASSAY_');
  return new PredictorSet({
    predictors: knownPredictors(config),
    fallback: settings.predictor || (second === undefined ? only : undefined),
    directory: isFile ? dirname(resolve(origin)) : process.cwd(),
    environment: process.env,
  });
}
