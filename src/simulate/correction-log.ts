import type { Program } from '../../core/program.ts';
import type { PredictorIdentity } from '../../neural/predictor.ts';
import type { SimulatedFrame } from './simulate-request.ts';

/** A mistake of a model as training data: what it saw, what it wrote, what it should have written. */
export interface LoggedCorrection {
  /** The program as it was put to the model. */
  readonly program: Program;
  /** The true frames before the wrong one, in CWM's format. */
  readonly prefix: string;
  /** What the model wrote; null where it stopped. */
  readonly predicted: string | null;
  /** The true frame; null where the run is over. */
  readonly observed: string | null;
  readonly frame: number;
  readonly kind: string;
  readonly family: string;
  readonly predictor: string;
}

/** Gathers corrections from the frames of a simulation. */
export class CorrectionLog {
  readonly #program: Program;
  #prefix = '';

  /** @param program as it was put to the model */
  constructor(program: Program) {
    this.#program = program;
  }

  /** Takes the next frame. Gives a correction where it is a mistake: the model was right up to there. */
  take(frame: SimulatedFrame, predictor: PredictorIdentity['name']): LoggedCorrection | null {
    const { divergence, verdict, predicted, observed, index } = frame;
    const prefix = this.#prefix;
    if (observed !== null) this.#prefix += observed;
    if (verdict !== 'wrong' || divergence === null) return null;
    const { kind, family } = divergence;
    return { program: this.#program, prefix, predicted, observed, frame: index, kind, family, predictor };
  }
}
