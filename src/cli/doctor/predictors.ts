import { PredictorError } from '../../../neural/predictor.ts';
import type { Config } from '../../config/load.ts';
import { shorten } from '../../report/printable.ts';
import { knownPredictors, openPredictors } from '../predictors.ts';
import type { Check, Finding } from './check.ts';

/** How long a predictor may take to say that it works, in milliseconds. */
const PATIENCE_MS = 20_000;

/** Whether each configured predictor, and the embedded one, can work. */
export function predictorChecks(config: Config): readonly Check[] {
  return [...knownPredictors(config).keys()].map((name) => () => askPredictor(config, name));
}

async function askPredictor(config: Config, predictor: string): Promise<Finding> {
  const name = `predictor ${predictor}`;
  const predictors = await openPredictors(config);
  try {
    const opened = predictors.open(predictor);
    const detail = await opened.check(AbortSignal.timeout(PATIENCE_MS));
    const { provider, execution } = opened.identity;
    return { name, ok: true, detail: `${detail} (${provider}${execution === null ? '' : `, ${execution}`})` };
  } catch (error) {
    const problem = error instanceof PredictorError ? `${error.problem}: ` : '';
    const said = error instanceof PredictorError && error.said ? `: ${shorten(error.said, 200)}` : '';
    const fix = `see "predictors" in ${config.origins.get('predictors') ?? 'the configuration'}`;
    return { name, ok: false, detail: `${problem}${(error as Error).message}${said}`, fix };
  } finally {
    await predictors.close();
  }
}
