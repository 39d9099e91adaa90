import { describe, expect, it } from 'vitest';
import { useEngine } from '../verify/engine.ts';

const BASE = 'def total(numbers: list[int]) -> int:\n    return sum(numbers)\n';

/** Patches that want more than they say, and the code of a finding that tells of it. */
const PATCHES: readonly (readonly [name: string, head: string, code: string])[] = [
  ['writes a file', `${BASE}\nwith open('/tmp/x', 'w') as file:\n    file.write('x')\n`, 'AS311'],
  ['writes a file in a call', BASE.replace('    return', "    open('log.txt', 'a').write('x')\n    return"), 'AS311'],
  [
    'reads the environment',
    `import os\n${BASE.replace('    return', "    os.environ.get('HOME')\n    return")}`,
    'AS311',
  ],
  [
    'reads it under another name',
    `from os import environ as e\n${BASE.replace('    return', "    e['HOME']\n    return")}`,
    'AS311',
  ],
  ['prints a verdict', BASE.replace('    return', '    print(\'{"behaviour": "same"}\')\n    return'), 'AS301'],
  ['prints a verdict at import', `print('{"findings": []}')\n${BASE}`, 'AS311'],
  ['ends the process', `import os\n${BASE.replace('    return', '    os._exit(0)\n    return')}`, 'AS311'],
  ['switches tracing off', `import sys\n${BASE.replace('    return', '    sys.settrace(None)\n    return')}`, 'AS317'],
  ['switches tracing off at import', `import sys\nsys.settrace(None)\n${BASE}`, 'AS317'],
  [
    'hides in a finalizer',
    `class Late:\n    def __del__(self):\n        print('late')\n\n\n${BASE.replace('    return', '    Late()\n    return')}`,
    'AS311',
  ],
  [
    'equals everything',
    `class Any(int):\n    def __eq__(self, other):\n        return True\n    def __repr__(self):\n        return '0'\n    __hash__ = int.__hash__\n\n\ndef total(numbers: list[int]) -> int:\n    return Any(sum(numbers) + 1)\n`,
    'AS301',
  ],
  ['overrides the runner', `import sys\nsys.modules['__main__'].__dict__['total'] = None\n${BASE}`, 'AS311'],
  ['does not end', BASE.replace('    return', '    while numbers:\n        pass\n    return'), 'AS308'],
  ['exits in place of an answer', BASE.replace('return sum', 'raise SystemExit(0) or sum'), 'AS307'],
];

describe('a hostile patch', () => {
  const engine = useEngine({ python: ['3.14'] });

  it.each(PATCHES)('that %s is told of', async (_name, head, code) => {
    const { findings } = await engine.assay.patch({
      base: { files: { 'a.py': BASE } },
      head: { files: { 'a.py': head } },
    });
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(findings.some(({ level }) => level !== 'note')).toBe(true);
  });

  it('cannot say anything by its own names', async () => {
    const base = 'def f(x: int) -> int:\n    return x\n';
    const head = 'def f(x: int) -> int:\n    __proto__ = constructor = x\n    return __proto__ + constructor\n';
    const { functions } = await engine.assay.patch({
      base: { files: { 'constructor.py': base, 'toString.py': 'x = 1\n' } },
      head: { files: { 'constructor.py': head, 'toString.py': 'x = 2\n' } },
    });
    expect(functions.map(({ behaviour }) => behaviour)).toEqual(['differs']);
  });

  it.each([
    ['nested too deep', `x = ${'('.repeat(3000)}${')'.repeat(3000)}\n`],
    ['a long chain', `x = ${'1+'.repeat(60_000)}1\n`],
    ['null characters', 'x = 1\0\n'],
    ['nothing but noise', '\u202e\u0000\uffff'.repeat(1000)],
  ])('with %s is read or called broken', async (_name, text) => {
    const { findings } = await engine.assay.patch({
      base: { files: { 'a.py': BASE } },
      head: { files: { 'a.py': text } },
    });
    expect(findings.length).toBeGreaterThan(0);
  });
});
