import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { env } from 'node:process';

/** The CPython versions that the tests know what to do with. */
export const CPYTHON_VERSIONS = ['3.10', '3.11', '3.12', '3.13', '3.14'] as const;
export type CPythonVersion = (typeof CPYTHON_VERSIONS)[number];

/** Why a test that needs this CPython is skipped, and what to do about it. */
export function whyWithoutCPython(version: CPythonVersion): string {
  return `no CPython ${version}: put python${version} on PATH, or its path into ${variableOf(version)}`;
}

const variableOf = (version: CPythonVersion): string => `ASSAY_CPYTHON_${version.replace('.', '_')}`;

const PROBE = 'import sys; print(sys.implementation.name, "%d.%d" % sys.version_info[:2])';
const found = new Map<CPythonVersion, string | null>();

/**
 * The path of a CPython of this version that really runs, or null.
 *
 * Looks at `ASSAY_CPYTHON_3_10` (and so on), `PATH`, pyenv and uv, in this order. What is on `PATH` may be a shim for a
 * version that is not there, so each candidate has to tell its version first.
 */
export function findCPython(version: CPythonVersion): string | null {
  const known = found.get(version);
  if (known !== undefined) return known;
  const path = candidates(version).find((candidate) => runs(candidate, version)) ?? null;
  found.set(version, path);
  return path;
}

function candidates(version: CPythonVersion): string[] {
  const named = env[variableOf(version)];
  const pyenv = env.PYENV_ROOT ?? join(homedir(), '.pyenv');
  const uv = env.UV_PYTHON_INSTALL_DIR ?? join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'uv', 'python');
  const path = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [
    ...(named === undefined ? [] : [named]),
    ...path.map((folder) => join(folder, `python${version}`)),
    ...globSync(join(pyenv, 'versions', `${version}.*`, 'bin', 'python3')).sort(),
    ...globSync(join(uv, `cpython-${version}.*`, 'bin', 'python3')).sort(),
    ...path.map((folder) => join(folder, 'python3')),
  ];
}

function runs(path: string, version: CPythonVersion): boolean {
  const probe = spawnSync(path, ['-I', '-c', PROBE], { encoding: 'utf8', timeout: 10_000 });
  return probe.status === 0 && probe.stdout.trim() === `cpython ${version}`;
}
