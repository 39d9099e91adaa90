import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalRepr } from '../../core/compare/value.ts';
import { CPYTHON_VERSIONS, type CPythonVersion, findCPython, whyWithoutCPython } from '../cpython/interpreters.ts';
import { type ReferenceFrame, ReferenceTracer } from '../cpython/reference.ts';
import { type Case, loadCases } from './cases.ts';

/** Versions that Assay does not replay lie between two that it does: what runs under both runs there too. */
function runsUnder({ python }: Case, version: CPythonVersion): boolean {
  if (version === '3.12' || version === '3.13') return python.includes('3.11') && python.includes('3.14');
  return python.includes(version);
}

/** A frame in which two sets with the same elements look the same. */
function canonicalFrame({ locals, arg, ...frame }: ReferenceFrame) {
  return {
    ...frame,
    locals: locals && new Map([...locals].map(([name, repr]) => [name, canonicalRepr(repr)])),
    arg: arg && canonicalRepr(arg),
  };
}

const cases = loadCases();

for (const version of CPYTHON_VERSIONS) {
  const path = findCPython(version);
  if (path === null) {
    it(`cases in CPython ${version}`, ({ skip }) => skip(whyWithoutCPython(version)));
    continue;
  }
  describe(`cases in CPython ${version}`, () => {
    // Two hash seeds: a program that depends on the order of a set of texts is no case.
    let tracers: ReferenceTracer[] = [];
    beforeAll(() => {
      tracers = ['1', '2'].map((PYTHONHASHSEED) => new ReferenceTracer(path, { env: { PYTHONHASHSEED } }));
    });
    afterAll(() => Promise.all(tracers.map((tracer) => tracer.close())));

    it.each(cases.filter((one) => runsUnder(one, version)))('$name ends as its header says', async (program) => {
      const [first, second] = await Promise.all(tracers.map((tracer) => tracer.trace(program)));
      const { returns, raises } = program;
      expect(first?.outcome).toMatchObject(
        raises === undefined ? { kind: 'returned', value: returns } : { kind: 'raised', type: raises },
      );
      expect(second?.frames.map(canonicalFrame)).toEqual(first?.frames.map(canonicalFrame));
      expect(second?.stdout).toBe(first?.stdout);
    });
  });
}
