import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cwd, env } from 'node:process';
import type { Attack } from './corpus.ts';

/** What an attack could have changed on the host: equal before and after. */
export interface HostState {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Names in the working directory. */
  readonly files: readonly string[];
  /** Absolute paths from the attacks' sources that exist on the host. */
  readonly named: readonly string[];
  /** Process ids of children; empty where the system does not tell. */
  readonly children: readonly string[];
  readonly prototypes: readonly string[];
}

const ABSOLUTE = /\/(?:tmp|home\/user)\/[A-Za-z_.]+/g;
const PROTOTYPES = [Object, Array, Function, String, Promise, Map, Uint8Array, Error];

/** @param attacks whose paths are looked for; the working directory must be one that nobody else writes to */
export function hostState(attacks: readonly Attack[]): HostState {
  const named = new Set(attacks.flatMap(({ source }) => source.match(ABSOLUTE) ?? []));
  return {
    environment: { ...env },
    files: readdirSync(cwd()),
    named: [...named].filter((path) => existsSync(path)),
    children: children(),
    prototypes: PROTOTYPES.flatMap((one) => Reflect.ownKeys(one.prototype).map((key) => `${one.name} ${String(key)}`)),
  };
}

function children(): string[] {
  const tasks = '/proc/self/task';
  if (!existsSync(tasks)) return [];
  return readdirSync(tasks).flatMap((task) => {
    try {
      return readFileSync(`${tasks}/${task}/children`, 'utf8').split(' ').filter(Boolean);
    } catch {
      // A thread that has ended since.
      return [];
    }
  });
}
