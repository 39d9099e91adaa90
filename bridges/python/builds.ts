import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { PythonVersion } from '../../core/program.ts';

/**
 * Offsets in bytes into CPython's structures of one build (wasm32), from `Include/cpython/frameobject.h`,
 * `Include/internal/pycore_frame.h` and `Include/cpython/code.h` of that version. Checked at boot by a run whose trace is known (`probe.ts`).
 */
export interface FrameLayout {
  /** From a frame object to the structure that holds code and locals: 0 means the frame object itself. */
  readonly interpreterFrame: number;
  readonly code: number;
  readonly locals: number;
  readonly fastLocals: number;
  /** From a cell object to its content. */
  readonly cellContent: number;
  /** Bits of a stack reference that are no part of the pointer. */
  readonly tagMask: number;
  /** From a frame object to `f_lasti`, where `PyFrame_GetLasti` does not exist. */
  readonly lasti: number | undefined;
}

/** One pinned interpreter build. */
export interface Build {
  readonly python: PythonVersion;
  /** Full Python version, asserted at boot. */
  readonly fullVersion: string;
  /** Name and version of the engine, for stamps. */
  readonly engine: string;
  /** npm package (an alias for the older ones). */
  readonly package: string;
  readonly layout: FrameLayout;
  /** The engine's start-up code, in the package's directory. */
  readonly script: string;
  /** The standard library's archive, where it is not part of the start-up code's own data. */
  readonly stdlib: string | undefined;
  /** The evaluation loop goes over the ends of lines without a line event (`py/predictions.py`). */
  readonly predicts: boolean;
}

const BUILDS: Readonly<Record<PythonVersion, Build>> = {
  '3.10': {
    python: '3.10',
    fullVersion: '3.10.2',
    engine: 'pyodide-0.22.1',
    package: 'pyodide-py310',
    layout: { interpreterFrame: 0, code: 16, locals: 28, fastLocals: 308, cellContent: 8, tagMask: 0, lasti: 52 },
    script: 'pyodide.asm.js',
    stdlib: undefined,
    predicts: true,
  },
  '3.11': {
    python: '3.11',
    fullVersion: '3.11.3',
    engine: 'pyodide-0.25.1',
    package: 'pyodide-py311',
    layout: {
      interpreterFrame: 12,
      code: 16,
      locals: 12,
      fastLocals: 40,
      cellContent: 8,
      tagMask: 0,
      lasti: undefined,
    },
    script: 'pyodide.asm.js',
    stdlib: 'python_stdlib.zip',
    predicts: false,
  },
  '3.14': {
    python: '3.14',
    fullVersion: '3.14.2',
    engine: 'pyodide-314.0.7',
    package: 'pyodide',
    layout: { interpreterFrame: 12, code: 0, locals: 20, fastLocals: 40, cellContent: 8, tagMask: 3, lasti: undefined },
    script: 'pyodide.asm.mjs',
    stdlib: 'python_stdlib.zip',
    predicts: false,
  },
};

export function buildOf(python: PythonVersion): Build {
  return BUILDS[python];
}

const require = createRequire(import.meta.url);

/** Directory of a build's files, with a trailing slash. */
export function buildDirectory(build: Build): string {
  return `${dirname(require.resolve(`${build.package}/package.json`))}/`;
}
