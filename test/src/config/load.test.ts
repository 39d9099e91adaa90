import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.ts';
import type { ConfigSources } from '../../../src/config/load.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { DEFAULT_SETTINGS, Settings } from '../../../src/config/schema.ts';

let root: string;
let inner: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-config-'));
  inner = join(root, 'a', 'b');
  mkdirSync(inner, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

function load(sources: Partial<ConfigSources> = {}) {
  return loadConfig({ directory: inner, environment: {}, flags: {}, ...sources });
}

function write(folder: string, text: string): string {
  const path = join(folder, 'assay.config.json');
  writeFileSync(path, text);
  return path;
}

function problemsOf(sources: Partial<ConfigSources> = {}): readonly string[] {
  try {
    load(sources);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('the configuration was taken');
}

describe('configuration', () => {
  it('has defaults that fit their own schema', () => {
    expect(Settings.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
    expect(DEFAULT_SETTINGS).toMatchObject({ host: '127.0.0.1', port: 8787 });
  });

  it('puts flag over variable over file over default, and knows where each comes from', () => {
    const path = write(root, '{"port": 1, "queue": 2, "host": "::1"}');
    const { settings, origins } = load({ environment: { ASSAY_PORT: '3', ASSAY_QUEUE: '4' }, flags: { queue: 5 } });
    expect(settings).toMatchObject({ host: '::1', port: 3, queue: 5, workers: DEFAULT_SETTINGS.workers });
    expect(['host', 'port', 'queue', 'workers'].map((name) => origins.get(name as 'host'))).toEqual([
      path,
      'ASSAY_PORT',
      '--queue',
      'default',
    ]);
  });

  it('takes the nearest file alone', () => {
    write(root, '{"port": 1, "queue": 2}');
    write(inner, '{"port": 3}');
    expect(load().settings).toMatchObject({ port: 3, queue: DEFAULT_SETTINGS.queue });
  });

  it('takes a named file in place of the nearest', () => {
    write(inner, '{"port": 3}');
    const file = join(root, 'other.json');
    writeFileSync(file, '{"port": 4}');
    expect(load({ file }).settings.port).toBe(4);
    expect(problemsOf({ file: join(root, 'nope.json') })[0]).toContain('no such file');
  });

  it('refuses unknown keys, with what was meant', () => {
    const path = write(root, '{"prot": 1, "wrokers": 2, "colour": 3, "__proto__": {"port": 1}}');
    expect(problemsOf()).toEqual([
      `${path}: unknown key "prot"; did you mean "port"?`,
      `${path}: unknown key "wrokers"; did you mean "workers"?`,
      expect.stringContaining('unknown key "colour"; known keys: host, port,'),
      expect.stringContaining('unknown key "__proto__"'),
    ]);
  });

  it('names the origin of each value that does not fit', () => {
    const path = write(root, '{"queue": "many", "python": ["2.7"]}');
    const problems = problemsOf({ environment: { ASSAY_WORKERS: '0' }, flags: { port: 'http' } });
    expect(problems).toHaveLength(4);
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^--port: port: /),
        expect.stringMatching(/^ASSAY_WORKERS: workers: /),
        expect.stringContaining(`${path}: queue: `),
        expect.stringContaining(`${path}: python: `),
      ]),
    );
  });

  it.each(['{', '[]', '3', ''])('refuses a file that holds %j', (text) => {
    write(root, text);
    expect(problemsOf()).toHaveLength(1);
  });

  it('reads lists and numbers from variables', () => {
    const environment = { ASSAY_PYTHON: '3.10, 3.14', ASSAY_BODY_LIMIT_MB: '8' };
    expect(load({ environment }).settings).toMatchObject({ python: ['3.10', '3.14'], body_limit_mb: 8 });
  });

  it('reads whether and who from variables, and repeats no secret', () => {
    const tokens = ['ci:0123456789abcdef', 'trainer:a:secret:with:colons'];
    const environment = { ASSAY_TOKENS: tokens.join(','), ASSAY_INSECURE: 'true' };
    expect(load({ environment }).settings).toMatchObject({ tokens, insecure: true });
    const problems = problemsOf({ environment: { ASSAY_TOKENS: 'ci:too-short', ASSAY_INSECURE: 'perhaps' } });
    expect(problems.map((problem) => problem.split(':', 2).join(':')).sort()).toEqual([
      'ASSAY_INSECURE: insecure',
      'ASSAY_TOKENS: tokens',
    ]);
    expect(problems.join()).not.toContain('too-short');
  });

  it("leaves alone what is not its own: ASSAY_URL, and Kubernetes' variables for a service called assay", () => {
    const environment = {
      ASSAY_URL: 'http://127.0.0.1:1',
      ASSAY_PORT: 'tcp://10.0.0.1:8787',
      ASSAY_SERVICE_HOST: '10.0.0.1',
      ASSAY_QUEUE: '',
    };
    expect(load({ environment }).settings).toEqual(DEFAULT_SETTINGS);
  });
});
