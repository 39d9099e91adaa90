import { describe, expect, it } from 'vitest';
import { lintTree } from './lint-tree.ts';

const RULE = 'lint/style/noRestrictedImports';

/** Every place that an import can point to, and every package that belongs to one place. */
const FOLDERS = [
  'core',
  'symbolic',
  'neural',
  'bridges/python',
  'bridges/git',
  'workers',
  'src',
  'test',
  'bench',
  'scripts',
];
const PACKAGES = [
  'z3-solver',
  'z3-solver/build/z3-built.js',
  'onnxruntime-node',
  'onnxruntime-node/dist/index.js',
  'pyodide',
  'pyodide-py310',
  'pyodide-py311/pyodide.mjs',
  'piscina',
  'piscina/dist/types.js',
  'fastify',
  'fastify/types/hooks.js',
  'fastify-zod-openapi',
  '@fastify/swagger',
  'commander',
  'commander/esm.mjs',
  '@commander-js/extra-typings',
  'jose',
  '@modelcontextprotocol/server',
  '@modelcontextprotocol/server/stdio',
];

const BELOW_SRC = ['core', 'symbolic', 'neural', 'bridges/python', 'bridges/git', 'workers', 'src'];

/** File → the folders that it may import, and the packages among those above, by the start of their names. */
const LAW: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: readonly string[] }>> = {
  'core/probe.ts': { folders: ['core'], packages: [] },
  'core/compare/probe.ts': { folders: ['core'], packages: [] },
  'symbolic/probe.ts': { folders: ['core', 'symbolic'], packages: [] },
  'symbolic/z3/probe.ts': { folders: ['core', 'symbolic'], packages: ['z3-solver'] },
  'neural/probe.ts': { folders: ['core', 'neural'], packages: [] },
  'neural/formats/cwm/probe.ts': { folders: ['core', 'neural'], packages: [] },
  'neural/providers/openai.ts': { folders: ['core', 'neural'], packages: [] },
  'neural/providers/onnx.ts': { folders: ['core', 'neural'], packages: ['onnxruntime-node'] },
  'neural/providers/onnx/session.ts': { folders: ['core', 'neural'], packages: ['onnxruntime-node'] },
  'bridges/git/probe.ts': { folders: ['core', 'bridges/git', 'bridges/python'], packages: [] },
  'bridges/python/probe.ts': { folders: ['core', 'bridges/git', 'bridges/python'], packages: ['pyodide'] },
  'workers/probe.ts': { folders: ['core', 'symbolic', 'bridges/python', 'workers'], packages: [] },
  'workers/thread-pool.ts': { folders: ['core', 'symbolic', 'bridges/python', 'workers'], packages: ['piscina'] },
  'workers/solver-pool.ts': { folders: ['core', 'symbolic', 'bridges/python', 'workers'], packages: ['piscina'] },
  'src/probe.ts': { folders: BELOW_SRC, packages: [] },
  'src/verify/probe.ts': { folders: BELOW_SRC, packages: [] },
  'src/http/routes/probe.ts': { folders: BELOW_SRC, packages: ['fastify', '@fastify/', '@modelcontextprotocol/'] },
  'src/cli/commands/probe.ts': {
    folders: BELOW_SRC,
    packages: ['commander', '@commander-js/', '@modelcontextprotocol/'],
  },
  'src/mcp/tools/probe.ts': { folders: BELOW_SRC, packages: ['@modelcontextprotocol/'] },
  'src/receipts/probe.ts': { folders: BELOW_SRC, packages: ['jose'] },
};

/** Spellings of a forbidden import that a rule could miss, and allowed ones that it could hit. */
const SPELLINGS: Readonly<
  Record<string, { readonly allowed: readonly string[]; readonly forbidden: readonly string[] }>
> = {
  'core/probe.ts': {
    allowed: ['zod', './frame.ts', './compare/value.ts'],
    forbidden: [
      'node:fs',
      'fs',
      'node:buffer',
      'zod-openapi',
      './../src/verify/assay.ts',
      '../core/../src/verify/assay.ts',
      '/elsewhere/frame.ts',
      'file:///elsewhere/frame.ts',
    ],
  },
  'symbolic/probe.ts': { allowed: ['zod', 'node:crypto', './z3/solver.ts'], forbidden: ['../core/../src/cli/main.ts'] },
  'bridges/git/probe.ts': { allowed: ['node:child_process'], forbidden: ['../python/../../src/cli/main.ts'] },
  'workers/probe.ts': {
    allowed: ['node:worker_threads', './pool.ts'],
    forbidden: ['../bridges/python/../git/diff.ts'],
  },
  'workers/thread-pool.ts': { allowed: ['node:os'], forbidden: ['../bridges/python/../git/diff.ts'] },
  'src/verify/probe.ts': { allowed: ['node:http', '../http/server.ts'], forbidden: [] },
};

/** Each import that a file may or may not have, as the law says. */
function arrows(file: string): { allowed: string[]; forbidden: string[] } {
  const { folders, packages } = LAW[file] ?? { folders: [], packages: [] };
  const root = '../'.repeat(file.split('/').length - 1);
  const forbiddenFolders = FOLDERS.filter((folder) => !folders.includes(folder));
  const { allowed = [], forbidden = [] } = SPELLINGS[file] ?? {};
  return {
    allowed: [
      ...folders.map((folder) => `${root}${folder}/part.ts`),
      ...PACKAGES.filter((name) => packages.some((start) => name.startsWith(start))),
      ...allowed,
    ],
    forbidden: [
      ...forbiddenFolders.flatMap((folder) => [`${root}${folder}/part.ts`, `${root}${folder}/a/b/part.ts`]),
      ...forbiddenFolders.filter((folder) => !folder.includes('/')).map((folder) => `${root}${folder}`),
      ...PACKAGES.filter((name) => !packages.some((start) => name.startsWith(start))),
      ...forbidden,
    ],
  };
}

describe('the layer rules', () => {
  const imports = Object.keys(LAW).map((file) => {
    const { allowed, forbidden } = arrows(file);
    return { file, forbidden, specifiers: [...allowed, ...forbidden] };
  });
  const planted = lintTree(
    new Map(imports.map(({ file, specifiers }) => [file, specifiers.map((name) => `import '${name}';\n`).join('')])),
  );

  it.each(imports)('let $file import what the law says and nothing else', ({ file, forbidden, specifiers }) => {
    const lines = planted.filter(({ category, path }) => category === RULE && path === file).map(({ line }) => line);
    const refused = new Set(lines.map((line) => specifiers[line - 1]));
    expect(specifiers.filter((specifier) => refused.has(specifier))).toEqual(forbidden);
  });

  const FORMS = [
    "import { assay } from '../src/verify/assay.ts';\nassay();",
    "import type { Assay } from '../src/verify/assay.ts';\nexport type Mine = Assay;",
    "import * as assay from '../src/verify/assay.ts';\nassay.run();",
    "export { assay } from '../src/verify/assay.ts';",
    "export * from '../src/verify/assay.ts';",
    "export const assay = await import('../src/verify/assay.ts');",
    'export const assay = await import(`../src/verify/assay.ts`);',
    "export type Mine = import('../src/verify/assay.ts').Assay;",
  ];
  const findings = lintTree(new Map(FORMS.map((form, index) => [`core/form-${index}.ts`, form])));
  it.each(FORMS.map((form, index) => [form, index] as const))('see a breach in the form %s', (_form, index) => {
    const categories = findings.filter(({ path }) => path === `core/form-${index}.ts`).map(({ category }) => category);
    expect(categories).toEqual(
      expect.arrayContaining([expect.stringMatching(/noRestrictedImports|noUnusedTemplateLiteral|^plugin$/)]),
    );
  });
});

describe('the house rules', () => {
  const BREACHES: readonly (readonly [path: string, text: string, rule: string])[] = [
    ['src/report/fullView.ts', 'export const width = 1;\n', 'useFilenamingConvention'],
    ['src/report/any.ts', 'export function show(value: any): string {\n  return String(value);\n}\n', 'noExplicitAny'],
    ['src/report/non-null.ts', 'export const first = (list: string[]) => list[0]!.length;\n', 'noNonNullAssertion'],
    ['src/report/default.ts', 'export default 1;\n', 'noDefaultExport'],
    [
      'src/report/type-import.ts',
      "import { Frame } from '../../core/frame.ts';\nexport type F = Frame;\n",
      'useImportType',
    ],
    ['src/report/print.ts', "console.log('x');\n", 'noConsole'],
    ['core/exit.ts', 'export const leave = (): void => process.exit(1);\n', 'noProcessGlobal'],
    [
      'src/verify/floating.ts',
      'async function go(): Promise<void> {}\nexport const start = (): void => {\n  go();\n};\n',
      'noFloatingPromises',
    ],
    ['src/verify/dev.ts', "import 'fast-check';\n", 'noUndeclaredDependencies'],
    [
      'src/verify/cycle-a.ts',
      "import { b } from './cycle-b.ts';\nexport const a = (): number => b();\n",
      'noImportCycles',
    ],
    [
      'src/verify/cycle-b.ts',
      "import { a } from './cycle-a.ts';\nexport const b = (): number => a();\n",
      'noImportCycles',
    ],
    [
      'src/verify/switch.ts',
      "type Event = 'call' | 'line';\nexport function size(event: Event): number {\n  switch (event) {\n    case 'call':\n      return 1;\n  }\n  return 0;\n}\n",
      'useExhaustiveSwitchCases',
    ],
    ['test/focused.test.ts', "import { it } from 'vitest';\nit.only('x', () => {});\n", 'noFocusedTests'],
  ];
  const findings = lintTree(new Map(BREACHES.map(([path, text]) => [path, text])));
  it.each(BREACHES)('refuse %s', (file, _text, rule) => {
    const categories = findings.filter(({ path }) => path === file).map(({ category }) => category.split('/').at(-1));
    expect(categories).toContain(rule);
  });
});
