import type { Budget } from '../../core/budget.ts';
import type { ResolvedProgram } from '../../core/program.ts';
import type { ShadowRequest } from '../../core/shadow.ts';
import type { Build } from './builds.ts';
import type { Checkpoint } from './checkpoint.ts';
import { decodeTrace } from './codec.ts';
import type { OnBlock } from './frame-writer.ts';
import type { Image } from './image.ts';
import { bootFresh, bootFromImage, type Interpreter, imageOf } from './interpreter.ts';
import { assertProbe, probeRequest } from './probe.ts';
import { type ReplayRequest, Run } from './run.ts';
import { runShadow } from './shadow.ts';
import { haltedAnswer } from './shadow-codec.ts';
import type { Ending } from './trace-block.ts';

/** A run and what it took, in milliseconds. */
export interface Replay {
  /** Its trace, for `decodeTrace`; of a long run the last block. */
  readonly trace: Uint8Array<ArrayBuffer>;
  /** How many were given away before. */
  readonly blocks: number;
  readonly runMs: number;
  readonly resetMs: number;
}

/** A shadow run as JSON, for `decodeShadowRun`, and what it took, in milliseconds. */
export interface ShadowReplay {
  readonly answer: string;
  readonly runMs: number;
  readonly resetMs: number;
}

/** What is asked of the interpreter. */
interface Asked {
  readonly program: ResolvedProgram;
  readonly budget: Budget;
}

interface Ran<T> {
  readonly result: T;
  readonly runMs: number;
  readonly resetMs: number;
}

const TOO_DEEP = 'the program recurses too deep';

/** Enough for the interpreter's adaptive and lazily filled parts to settle. */
const WARM_UP_ROUNDS = 3;

/** Runs programs one after the other in one interpreter, each from the same saved state. */
export class Replayer {
  readonly #interpreter: Interpreter;
  readonly #checkpoint: Checkpoint;
  #spoiled = false;

  private constructor(interpreter: Interpreter, checkpoint: Checkpoint) {
    this.#interpreter = interpreter;
    this.#checkpoint = checkpoint;
  }

  /** Boots an interpreter from an image and checks that it traces as it should. */
  static async boot(build: Build, compiled: WebAssembly.Module, image: Image, budget: Budget): Promise<Replayer> {
    const { interpreter, checkpoint } = await bootFromImage(build, compiled, image);
    const replayer = new Replayer(interpreter, checkpoint);
    assertProbe(build.python, decodeTrace(replayer.replay(probeRequest(build.python, budget)).trace));
    return replayer;
  }

  /** A run that went over the end of the C stack has changed the interpreter under itself. */
  #trust(ending: Ending): Ending {
    if (!this.#checkpoint.stackOverflowed()) return ending;
    return { ...ending, outcome: { kind: 'halted', reason: 'memory', detail: TOO_DEEP } };
  }

  /** The state could not be restored: boot another. */
  get spoiled(): boolean {
    return this.#spoiled;
  }

  /** Bytes that were put back after the last run. */
  get restoredBytes(): number {
    return this.#checkpoint.restoredBytes;
  }

  /** Compares the whole memory with the image, bit for bit. */
  isRestored(): boolean {
    return this.#checkpoint.isRestored();
  }

  /** Size of the interpreter's memory in bytes; it never shrinks. */
  get memoryBytes(): number {
    return this.#interpreter.python.memory.buffer.byteLength;
  }

  /**
   * Runs a program and restores the interpreter.
   *
   * @param interrupt `interrupt[0] !== 0` ends the run at its next step
   * @param onBlock takes the frames of a long run while it goes on; without it all are in the result
   * @throws Error only where Assay itself failed; what a program does is the trace's outcome
   */
  replay(request: ReplayRequest, interrupt?: Int32Array, onBlock?: OnBlock): Replay {
    const { result, ...times } = this.#run(request, interrupt, () =>
      this.#trust(new Run(this.#interpreter, request, onBlock).end()),
    );
    const { frames } = this.#interpreter.tracer;
    return { trace: frames.finish(result), blocks: frames.blocks, ...times };
  }

  /** Runs a program with terms beside its values, and restores the interpreter; the rest as for {@link replay}. */
  shadow(request: ShadowRequest, interrupt?: Int32Array): ShadowReplay {
    const { result, ...times } = this.#run(request, interrupt, () => {
      const answer = runShadow(this.#interpreter, request);
      if (!this.#checkpoint.stackOverflowed()) return answer;
      return haltedAnswer({ kind: 'halted', reason: 'memory', detail: TOO_DEEP });
    });
    return { answer: result, ...times };
  }

  #run<T>({ program, budget }: Asked, interrupt: Int32Array | undefined, body: () => T): Ran<T> {
    const { world, files } = this.#interpreter;
    const start = performance.now();
    let ran = start;
    world.begin(program, budget, interrupt);
    const realNow = Date.now;
    Date.now = () => world.clock.milliseconds;
    let result: T;
    try {
      result = body();
      ran = performance.now();
    } finally {
      Date.now = realNow;
      this.#interpreter.watch.active = false;
      const restored = this.#checkpoint.restore();
      if (!files.restore() || !restored) this.#spoiled = true;
    }
    return { result, runMs: ran - start, resetMs: performance.now() - ran };
  }
}

/**
 * Makes a build's image: starts Python, runs a first program so that everything lazy is there, and takes the state.
 *
 * @throws Error where the build is not the pinned one or does not trace as it should
 */
export async function makeImage(build: Build, compiled: WebAssembly.Module, budget: Budget): Promise<Image> {
  const boot = await bootFresh(build, compiled);
  const { interpreter } = boot;
  const request = probeRequest(build.python, budget);
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    interpreter.world.begin(request.program, budget);
    const ending = new Run(interpreter, request).end();
    assertProbe(build.python, decodeTrace(interpreter.tracer.frames.finish(ending)));
  }
  interpreter.files.restore();
  return imageOf(boot);
}
