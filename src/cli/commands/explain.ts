import { Command } from '@commander-js/extra-typings';
import { closest } from '../../config/suggest.ts';
import { codePage } from '../../report/code-page.ts';
import { CODE_TITLES } from '../../report/codes.ts';
import { CliError } from '../cli-error.ts';
import { write } from '../output.ts';
import { debugOption } from '../shared-options.ts';

export function explainCommand() {
  return new Command('explain')
    .summary('say what a code means')
    .description('Print the page of a code: what it says, why it matters, an example, how to fix it.')
    .argument('[code]', 'such as AS301; without it, every code with its title')
    .addOption(debugOption())
    .action(async (code) => {
      await write(process.stdout, code === undefined ? allCodes() : pageOf(code));
    });
}

function allCodes(): string {
  return Object.entries(CODE_TITLES)
    .map(([code, title]) => `${code}  ${title}\n`)
    .join('');
}

/** @throws {CliError} where there is no such code */
function pageOf(text: string): string {
  const code = text.toUpperCase();
  const page = codePage(code);
  if (page !== undefined) return page;
  const meant = closest(code, Object.keys(CODE_TITLES));
  throw new CliError(
    `no such code: ${text}`,
    meant === undefined ? 'assay explain lists them' : `did you mean ${meant}?`,
  );
}
