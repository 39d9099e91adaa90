import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET } from '../../core/budget.ts';
import { type Program, PYTHON_VERSIONS, type PythonVersion, resolveProgram } from '../../core/program.ts';
import type { Trace } from '../../core/trace.ts';
import { ReplayPool } from '../../workers/pool.ts';
import { type Case, loadCases } from '../cases/cases.ts';
import { findCPython, whyWithoutCPython } from '../cpython/interpreters.ts';
import { ReferenceTracer } from '../cpython/reference.ts';
import { calledProgram, loadCruxeval, WITHOUT_CRUXEVAL } from '../src/verify/cruxeval.ts';
import { differencesFrom } from './reference-claim.ts';

const MINUTE = 60_000;

function casesOf(python: PythonVersion): Case[] {
  return loadCases().filter((one) => one.python.includes(python));
}

function programOf({ source, entry, stdin }: Case, python: PythonVersion): Program {
  return { source, entry, python, world: { stdin } };
}

for (const python of PYTHON_VERSIONS) {
  describe(`programs replayed under ${python}`, () => {
    const path = findCPython(python);
    let pool: ReplayPool;
    let cpython: ReferenceTracer | undefined;

    beforeAll(async () => {
      pool = new ReplayPool({ python, threads: 2, queue: 10_000 });
      cpython = path === null ? undefined : new ReferenceTracer(path);
      await pool.start();
    });
    afterAll(async () => {
      await cpython?.close();
      await pool.close();
    });

    const replay = async (program: Program): Promise<Trace> => {
      const { trace } = await pool.replay({ program: resolveProgram(program, python), budget: DEFAULT_BUDGET });
      return trace;
    };
    const differences = async (program: Program): Promise<string[]> => {
      if (cpython === undefined) throw new Error(whyWithoutCPython(python));
      const { source, entry = { script: true }, world } = program;
      const [reference, replayed] = await Promise.all([
        cpython.trace({ source, entry, stdin: world?.stdin }),
        replay(program),
      ]);
      return differencesFrom(reference, replayed, source);
    };

    it.each(casesOf(python))('$name ends as it says', async (one) => {
      const { outcome } = await replay(programOf(one, python));
      expect(outcome).toMatchObject(
        one.raises === undefined ? { kind: 'returned', value: one.returns } : { kind: 'raised', type: one.raises },
      );
    });

    if (path === null) {
      it('runs as in CPython', ({ skip }) => skip(whyWithoutCPython(python)));
      return;
    }

    it.each(casesOf(python))('$name runs as in CPython', async (one) => {
      expect(await differences(programOf(one, python))).toEqual([]);
    });

    it('CRUXEval runs as in CPython', { timeout: MINUTE }, async ({ skip }) => {
      skip(WITHOUT_CRUXEVAL !== undefined, WITHOUT_CRUXEVAL);
      const found = await Promise.all(
        loadCruxeval().map(async (row) => [row.id, await differences(calledProgram(row, python))] as const),
      );
      expect(found).toHaveLength(800);
      expect(found.filter(([, list]) => list.length > 0)).toEqual([]);
    });
  });
}
