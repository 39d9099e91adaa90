import { hash } from 'node:crypto';
import { basename } from 'node:path';
import { buildOf } from '../../bridges/python/builds.ts';
import type { ReplayRequest } from '../../bridges/python/run.ts';
import type { PythonVersion } from '../../core/program.ts';
import { POLICY_VERSION } from '../../core/stamp.ts';
import { cachePath } from '../../workers/cache.ts';
import { VERSION } from '../config/version.ts';

const engines = new Map<PythonVersion, string>();

/** The name of an interpreter's image, which changes with the build and with every file of the bridge. */
function engineName(python: PythonVersion): string {
  let name = engines.get(python);
  if (name === undefined) {
    name = basename(cachePath(buildOf(python), 'image'));
    engines.set(python, name);
  }
  return name;
}

/**
 * A digest of everything that a run depends on: program, entry, world, arguments, budget, the build that runs it, and the
 * rules by which it is tested. An update of any of these never meets what an earlier version kept.
 *
 * @param check how the run is tested before it stands as the truth, as a name
 */
export function runKey({ program, budget, input, forced: _, ...variant }: ReplayRequest, check: string): string {
  const { source, entry, python, world } = program;
  const { files, ...rest } = world;
  const parts = [
    [VERSION, POLICY_VERSION, engineName(python), check],
    [source, sorted(entry), sorted(rest), sorted(files)],
    [sorted(budget), input === undefined ? null : sorted(input), sorted(variant)],
  ];
  return hash('sha256', JSON.stringify(parts), 'base64url');
}

/** Entries in the order of their names. */
function sorted(values: object): [string, unknown][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
