import { Option } from '@commander-js/extra-typings';
import { PYTHON_VERSIONS } from '../../core/program.ts';
import { CliError } from './cli-error.ts';
import { COLOUR_CHOICES } from './terminal.ts';

/** Options that more than one command takes. */

export const pythonOption = () =>
  new Option('--python <version>', 'Python version to replay under').choices(PYTHON_VERSIONS);

export const colorOption = () =>
  new Option('--color <when>', 'colours in the report').choices(COLOUR_CHOICES).default('auto' as const);

export const daemonOption = () =>
  new Option('--daemon <url>', 'send the requests to a daemon instead of running them here').env('ASSAY_URL');

export const debugOption = () => new Option('--debug', 'print stacks of errors');

/** @throws {CliError} where the text is no whole number of at least `least` */
export function wholeNumber(flag: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number >= least) return number;
  throw new CliError(`${flag} takes a whole number of at least ${least}, not ${JSON.stringify(text)}`);
}

/** @throws {CliError} where the text is no number from 0 to 2 */
export function temperatureOf(text: string): number {
  const degree = Number(text);
  if (text.trim() !== '' && degree >= 0 && degree <= 2) return degree;
  throw new CliError(`--temperature takes a number from 0 to 2, not ${JSON.stringify(text)}`);
}
