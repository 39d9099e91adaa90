import { dirname, resolve } from 'node:path';
import type { Config } from '../config/load.ts';
import type { PredictorSet } from '../simulate/predictors.ts';

/** The predictors of a configuration. Paths in a file start beside that file. */
export async function openPredictors({ settings, origins }: Config): Promise<PredictorSet> {
  const { PredictorSet } = await import('../simulate/predictors.ts');
  const predictors = new Map(Object.entries(settings.predictors));
  const [only, second] = predictors.keys();
  const origin = origins.get('predictors') ?? 'default';
  const isFile = origin !== 'default' && !origin.startsWith('ASSAY_');
  return new PredictorSet({
    predictors,
    fallback: settings.predictor || (second === undefined ? only : undefined),
    directory: isFile ? dirname(resolve(origin)) : process.cwd(),
    environment: process.env,
  });
}
