import { fieldErrors } from '../../core/field-errors.ts';
import { ConfigError } from './config-error.ts';
import { readEnvironment, variableOf } from './environment.ts';
import { findConfigFile, readConfigFile } from './file.ts';
import type { SettingName } from './schema.ts';
import { DEFAULT_SETTINGS, SETTING_NAMES, Settings } from './schema.ts';
import { closest } from './suggest.ts';

/** Where a value comes from: `default`, the path of a file, the name of a variable, or a flag. */
export type Origin = string;

export interface Config {
  readonly settings: Settings;
  readonly origins: ReadonlyMap<SettingName, Origin>;
}

export interface ConfigSources {
  /** Where the search for `assay.config.json` starts. */
  readonly directory: string;
  /** A file to read in place of the nearest one. */
  readonly file?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Values of flags; undefined where the flag was not given. */
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
}

/**
 * Default < file < environment < flag. Each value keeps its origin, so that a refusal can say where to change it.
 *
 * @throws {ConfigError} naming every unknown key and every value that does not fit
 */
export function loadConfig(sources: ConfigSources): Config {
  const values = new Map<SettingName, unknown>();
  const origins = new Map<SettingName, Origin>();
  const put = (name: SettingName, value: unknown, origin: Origin) => {
    values.set(name, value);
    origins.set(name, origin);
  };

  for (const name of SETTING_NAMES) put(name, DEFAULT_SETTINGS[name], 'default');

  const problems: string[] = [];
  const file = sources.file === undefined ? findConfigFile(sources.directory) : readConfigFile(sources.file);
  for (const [key, value] of Object.entries(file?.values ?? {})) {
    const name = SETTING_NAMES.find((known) => known === key);
    if (name === undefined) problems.push(`${file?.path}: unknown key ${JSON.stringify(key)}${hint(key)}`);
    else put(name, value, file?.path ?? '');
  }
  for (const [name, value] of readEnvironment(sources.environment)) put(name, value, variableOf(name));
  for (const name of SETTING_NAMES) {
    const value = sources.flags[name];
    if (value !== undefined) put(name, value, `--${name.replaceAll('_', '-')}`);
  }

  const checked = Settings.safeParse(Object.fromEntries(values));
  if (!checked.success) {
    for (const { path, message } of fieldErrors(checked.error)) {
      const name = SETTING_NAMES.find((known) => known === path.split('/')[1]);
      const origin = name === undefined ? '' : `${origins.get(name)}: `;
      // The place in a list says nothing to who wrote it with commas.
      const key = path
        .slice(1)
        .replaceAll('/', '.')
        .replace(/\.\d+$/, '');
      problems.push(`${origin}${key}: ${message}`);
    }
  }
  if (problems.length > 0 || !checked.success) throw new ConfigError(problems);
  return { settings: checked.data, origins };
}

function hint(key: string): string {
  const meant = closest(key, SETTING_NAMES);
  return meant === undefined ? `; known keys: ${SETTING_NAMES.join(', ')}` : `; did you mean "${meant}"?`;
}
