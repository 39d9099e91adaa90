import { Fault } from '../../core/fault.ts';
import { PYTHON_VERSIONS } from '../../core/program.ts';
import type { VerifyResponse } from '../../core/verdict.ts';
import type { Assay } from '../verify/assay.ts';
import { stampFor } from '../verify/stamp.ts';
import type { Telemetry } from './telemetry.ts';

/** Through which face of the daemon a claim came. */
export type Face = 'verify' | 'reward' | 'simulate' | 'gate';

const STAGES = ['queue', 'replay', 'compare', 'path'] as const;

/** The same engine, which counts what its verdicts are and what they took. */
export function observeAssay(assay: Assay, telemetry: Telemetry, face: Face): Assay {
  return {
    verify: async (request, options) => {
      try {
        const response = await assay.verify(request, options);
        countVerdict(telemetry, response, face);
        return response;
      } catch (error) {
        if (error instanceof Fault) telemetry.count('assay_faults_total', { code: error.code });
        throw error;
      }
    },
    trace: (request, options) => assay.trace(request, options),
    replay: (request, options) => assay.replay(request, options),
    patch: (request, options) => assay.patch(request, options),
    explore: (request, options) => assay.explore(request, options),
    run: (request, options) => assay.run(request, options),
    ready: () => assay.ready(),
    health: () => assay.health(),
    close: () => assay.close(),
  };
}

function countVerdict(telemetry: Telemetry, response: VerifyResponse, face: Face): void {
  const { status, kind, reason, timings_ms } = response;
  telemetry.count('assay_verifications_total', { verdict: status, kind, face });
  if (reason !== null) telemetry.count('assay_inconclusive_total', { reason });
  for (const stage of STAGES) {
    telemetry.observe('assay_stage_duration_seconds', { stage }, timings_ms[stage] / 1000);
  }
}

/** Has the state of an engine's pools read whenever metrics are. */
export function sampleHealth(assay: Pick<Assay, 'health'>, telemetry: Telemetry): void {
  for (const version of PYTHON_VERSIONS) {
    const { assay: own, policy, python, engine } = stampFor(version, { sealed: true });
    telemetry.set('assay_build_info', { version: own, policy, python, engine }, 1);
  }
  telemetry.beforeReading(() => {
    for (const { python: pool, workers, busy, waiting, recycled } of assay.health().pools) {
      telemetry.set('assay_queue_depth', { pool }, waiting);
      telemetry.set('assay_workers', { pool, state: 'busy' }, busy);
      telemetry.set('assay_workers', { pool, state: 'idle' }, workers - busy);
      telemetry.set('assay_worker_restarts_total', { pool }, recycled);
    }
  });
}
