#!/usr/bin/env node
import { inspect } from 'node:util';
import { CommanderError } from '@commander-js/extra-typings';
import { Fault } from '../../core/fault.ts';
import { PredictorError } from '../../neural/predictor.ts';
import { ConfigError } from '../config/config-error.ts';
import { KeyError } from '../receipts/key-error.ts';
import { shorten } from '../report/printable.ts';
import { CliError } from './cli-error.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import { endQuietlyOnBrokenPipe } from './output.ts';
import { createProgram } from './program.ts';

/** Columns of what a model's server says. */
const SAID_WIDTH = 400;

/** The `assay` command. */

endQuietlyOnBrokenPipe([process.stdout, process.stderr]);
try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = explain(error, process.argv.includes('--debug'));
}

/** Says on standard error what went wrong: what and where, then how to fix it. */
function explain(error: unknown, debug: boolean): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.failed;
  if (debug) say(inspect(error));
  if (error instanceof CliError) {
    if (!debug) say(`error: ${error.message}`);
    if (error.fix !== undefined) say(`fix: ${error.fix}`);
    return error.exitCode;
  }
  if (error instanceof ConfigError) {
    for (const problem of error.problems) say(`error: ${problem}`);
    return EXIT.failed;
  }
  if (error instanceof KeyError) {
    say(`error: ${error.message}`);
    say(`fix: ${error.fix}`);
    return EXIT.failed;
  }
  if (error instanceof Fault) {
    say(`error: ${error.message}`);
    for (const { path, message } of error.errors) {
      if (message !== error.message) say(`  ${path}: ${message}`);
    }
    if (error.cause instanceof PredictorError && error.cause.said) {
      say(`  the model's server says: ${shorten(error.cause.said, SAID_WIDTH)}`);
    }
    return EXIT.failed;
  }
  if (!debug) {
    say(`error: Assay failed: ${error instanceof Error ? error.message : String(error)}`);
    say('run it again with --debug for the stack');
  }
  return EXIT.failed;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
