import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from './scripts/closing-line-reporter.ts';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  // Worker threads of the program start from .ts files: an older Node fails in each test with a riddle instead.
  throw new Error(
    `The tests need Node 24 or newer, this is ${process.version}: run them by \`npm test\` or \`npx vitest run\`.`,
  );
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Child processes: tests start worker threads and daemons, send signals and change the environment.
    pool: 'forks',
    // Each file may hold two interpreters of about 130 MB: more at once gains little and can run out of memory.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    allowOnly: false,
    reporters: ['default', new ClosingLineReporter()],
  },
});
