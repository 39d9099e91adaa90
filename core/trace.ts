import type { Session } from './call-record.ts';
import type { ClaimedFrame, FrameSequence, Span } from './frame.ts';

/** Why a run was stopped before the program ended. */
export type Halt =
  | 'steps'
  | 'frames'
  | 'time'
  | 'memory'
  | 'output'
  | 'files'
  | 'trace'
  | 'platform'
  /** A claim about it is wrong already. */
  | 'divergence'
  | 'tampered'
  | 'unsupported';

/** How a run ended. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: string }
  | {
      readonly kind: 'raised';
      /** Name of the exception's class, qualified as a traceback prints it (`KeyError`, `json.decoder.JSONDecodeError`). */
      readonly type: string;
      /** `str(exception)`. */
      readonly message: string;
      /** Line of the program that raised last, where one is known. */
      readonly line?: number;
      /** Exit code of a `SystemExit`; null where its code is no number, which prints `message` and exits with 1. */
      readonly exitCode?: number | null;
      /** The exception left the module body, so that the entry was never reached. */
      readonly atImport?: boolean;
    }
  | { readonly kind: 'halted'; readonly reason: Halt; readonly detail: string };

/** What the program's text does that the platform, and not the language, decides. Read off its syntax tree. */
export interface PlatformUse {
  /** Builds a set or a frozenset whose iteration order may depend on the width of a hash. */
  readonly sets: boolean;
  /** Names `hash`, `sys.maxsize`, `sys.hash_info`, `id` or `errno`. */
  readonly words: boolean;
}

/** A true run of a program. */
export interface Trace {
  readonly frames: FrameSequence;
  readonly outcome: Outcome;
  readonly stdout: string;
  /** What it wrote to standard error, where that was asked for. */
  readonly stderr?: string;
  /** Line events of the whole run, the program's own and those of the modules that it used. */
  readonly steps: number;
  readonly platform: PlatformUse;
  /** Set for a run that was asked for a session of calls. */
  readonly session?: Session;
}

/** A run that was stopped, with the frames until then. */
export function haltedTrace(reason: Halt, detail: string, frames: FrameSequence = []): Trace {
  return {
    frames,
    outcome: { kind: 'halted', reason, detail },
    stdout: '',
    steps: 0,
    platform: { sets: false, words: false },
  };
}

/** Where a claim's text stops being readable. */
export interface FormatFault {
  /** Index of the frame that does not parse. */
  readonly frame: number;
  readonly message: string;
  readonly span?: Span;
}

/** A predicted trace, read from whichever format it came in. */
export interface ClaimedTrace {
  readonly frames: readonly ClaimedFrame[];
  /** Set when the text is broken at some frame. The frames before it stand. */
  readonly fault?: FormatFault;
  /** The text says that the entry's scope was left, or ends where that may have been dropped by a decoder. */
  readonly ended: boolean;
}
