#!/usr/bin/env node
// Plain JavaScript, for any Node from 18 on: it finds a Node that can run the program, and the program.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The first major version of Node that runs the program. */
const NEEDED = 24;

/** The sources where they are (a checkout), else what `npm run build` made of them (an installed package). */
function findProgram() {
  const candidates = ['../src/cli/main.ts', '../dist/src/cli/main.js'].map((path) => new URL(path, import.meta.url));
  return candidates.find((url) => existsSync(url));
}

/** The Node that the `node` package brings, or undefined. */
function findNode() {
  try {
    return createRequire(import.meta.url).resolve('node/bin/node');
  } catch {
    return undefined;
  }
}

function refuse(message) {
  process.stderr.write(`assay: ${message}\n`);
  process.exitCode = 2;
}

/** Runs the program in another Node, and ends as it ends. */
function runIn(node, program) {
  const child = spawn(node, [...process.execArgv, fileURLToPath(program), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole process group: passed on as well, the child would count two.
      const fromTerminal = (signal === 'SIGINT' || signal === 'SIGQUIT') && process.stdin.isTTY === true;
      if (!fromTerminal) child.kill(signal);
    });
  }
  child.on('error', (error) => refuse(`cannot start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 2;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
      // Where the signal is blocked or ignored, the shell's way to say it.
      process.exitCode = 128 + constants.signals[signal];
    }
  });
}

const program = findProgram();
const major = Number(process.versions.node.split('.')[0]);
if (program === undefined) {
  refuse('the program is not built: run `npm ci && npm run build` in its directory.');
} else if (major >= NEEDED) {
  // A third off the time until the daemon listens.
  module.enableCompileCache?.();
  await import(program.href);
} else {
  const node = findNode();
  if (node === undefined) {
    refuse(`needs Node ${NEEDED} or newer, this is ${process.version}: install one from https://nodejs.org.`);
  } else runIn(node, program);
}
