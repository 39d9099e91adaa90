import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pair } from '../test/symbolic/questions/pairs.ts';

/** Seconds that CrossHair may look for a difference, and that its process may take. */
const SEARCH = 10;
const KILL_MS = 60_000;

/** Asks CrossHair's `diffbehavior` the same question. */
export class CrossHair {
  readonly #python: string;

  /** @param python an interpreter in which crosshair-tool is installed */
  constructor(python: string) {
    this.#python = python;
  }

  /** What its answer is worth. That it tried every path it calls likely the same; it is taken for right here. */
  async compare({ source, other, params, same }: Pair): Promise<'right' | 'undecided' | 'wrong'> {
    const folder = mkdtempSync(join(tmpdir(), 'assay-crosshair-'));
    try {
      // It needs annotations to make inputs from.
      const typed = Object.entries(params).map(([name, type]) => `${name}: ${type}`);
      const annotated = (text: string) => text.replace(/^def f\([^)]*\)/m, `def f(${typed.join(', ')})`);
      writeFileSync(join(folder, 'left.py'), annotated(source));
      writeFileSync(join(folder, 'right.py'), annotated(other));
      const output = await this.#run(folder);
      if (/^Given: /m.test(output)) return same ? 'wrong' : 'right';
      if (/No differences found/.test(output) && /All paths exhausted/i.test(output)) return same ? 'right' : 'wrong';
      return 'undecided';
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  #run(folder: string): Promise<string> {
    const flags = ['diffbehavior', '--per_condition_timeout', String(SEARCH), 'left.f', 'right.f'];
    const { promise, resolve } = Promise.withResolvers<string>();
    execFile(
      this.#python,
      ['-m', 'crosshair', ...flags],
      { cwd: folder, timeout: KILL_MS, env: { PYTHONPATH: folder, PATH: process.env.PATH } },
      (_, stdout, stderr) => resolve(stdout + stderr),
    );
    return promise;
  }
}
