import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CPython, Pointer } from './cpython.ts';

const FOLDER = fileURLToPath(new URL('./py/', import.meta.url));
/** Name of the package inside the interpreter while it is loaded. */
const NAME = 'shadow';

/** Sources of the package by dotted name. */
function sources(): Record<string, string> {
  const paths = globSync(`${NAME}/**/*.py`, { cwd: FOLDER }).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const name = path.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
      return [name, readFileSync(`${FOLDER}${path}`, 'utf8')];
    }),
  );
}

/**
 * Loads `py/shadow/` before an image is taken.
 *
 * @param namespace where it is loaded; has builtins
 * @returns the function that makes a shadow run, from JSON bytes to JSON bytes
 */
export function loadShadowPackage(python: CPython, namespace: Pointer): Pointer {
  python.run(readFileSync(`${FOLDER}package.py`, 'utf8'), namespace);
  python.api.PyDict_SetItemString(namespace, python.name('sources'), python.bytes(JSON.stringify(sources())));
  python.run(`import json\nshadow = load(json.loads(sources), '${NAME}.run').shadow\ndel sources\n`, namespace);
  const found = python.api.PyDict_GetItemString(namespace, python.name('shadow'));
  if (found === 0) throw new Error('the shadow package lacks its entry');
  return found;
}
