import type { SettingName } from './schema.ts';
import { DEFAULT_SETTINGS, SETTING_NAMES } from './schema.ts';

const PREFIX = 'ASSAY_';

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
]);

export function variableOf(name: SettingName): string {
  return PREFIX + name.toUpperCase();
}

/**
 * The settings among the environment's variables, read from their text. Numbers that are none stay text, for the
 * schema to refuse. Other `ASSAY_*` variables are not ours to judge, and `ASSAY_PORT=tcp://…` is what Kubernetes
 * gives every pod beside a service that is called `assay`: it is no port.
 */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Map<SettingName, unknown> {
  const values = new Map<SettingName, unknown>();
  for (const name of SETTING_NAMES) {
    const text = environment[variableOf(name)];
    if (text === undefined || text === '' || text.startsWith('tcp://')) continue;
    values.set(name, fromText(name, text));
  }
  return values;
}

/** What a setting's text means, as a variable or a flag gives it. */
export function fromText(name: SettingName, text: string): unknown {
  const value = DEFAULT_SETTINGS[name];
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return splitList(text);
  if (typeof value === 'object') return fromJson(text);
  if (typeof value === 'boolean') return BOOLEANS.get(text.toLowerCase()) ?? text;
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** Text that is no JSON stays text, for the schema to refuse. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A comma list without empty parts. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
