import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PYTHON_VERSIONS } from '../../core/program.ts';
import { loadConfig } from '../../src/config/load.ts';
import { DEFAULT_SETTINGS, SETTING_NAMES } from '../../src/config/schema.ts';
import { ROOT } from '../house/scratch.ts';
import { inContext, readCopy, readDockerfile, type Stage, textsOf, variablesOf } from './dockerfile.ts';

const NAMES = ['Dockerfile', 'Dockerfile.gpu'] as const;
const PREFIX = '/opt/assay';

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const manifest = JSON.parse(read('package.json'));
const ignore = read('.dockerignore');

/** Files of the repository that reach an image. */
const context = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
  .stdout.toString()
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)) && inContext(ignore, path));

function stagesOf(name: string): { build: Stage; final: Stage } {
  const [build, final, ...more] = readDockerfile(read(name));
  if (build === undefined || final === undefined || more.length > 0) throw new Error(`${name} has not two stages`);
  return { build, final };
}

describe.each(NAMES)('%s', (name) => {
  const { build, final } = stagesOf(name);
  const from = name === 'Dockerfile' ? /^node:/ : /^nvidia\/cuda:12\.\d+\.\d+-cudnn-runtime-ubuntu/;

  it('builds with the Node that the project is tested with, and pins what it starts from', () => {
    expect(build.base).toBe(`node:${manifest.devDependencies.node}-bookworm-slim`);
    expect(final.base).toMatch(from);
    if (name === 'Dockerfile') expect(final.base).toBe(build.base);
    else expect(textsOf(final, 'COPY')).toContain('--from=build /usr/local/bin/node /usr/local/bin/node');
  });

  it('copies what is there', () => {
    for (const { sources } of textsOf(build, 'COPY').map(readCopy)) {
      for (const source of sources) expect(source === '.' || context.includes(source), source).toBe(true);
    }
    for (const { from: stage } of textsOf(final, 'COPY').map(readCopy)) expect(stage).toBe(build.name);
  });

  it('runs without root, is asked for its health, and stops at a signal', () => {
    expect(textsOf(final, 'USER')).toEqual(['10001:10001']);
    const [health = ''] = textsOf(final, 'HEALTHCHECK');
    expect(health).toMatch(/^--interval=\d+s --timeout=\d+s --start-period=\d+s --retries=\d+ CMD \[/);
    expect(textsOf(final, 'EXPOSE')).toEqual([String(DEFAULT_SETTINGS.port)]);
    // Without a shell in between, a signal reaches the daemon.
    expect(JSON.parse(textsOf(final, 'ENTRYPOINT')[0] ?? '')).toEqual(['node', `${PREFIX}/bin/assay.mjs`]);
    expect(JSON.parse(textsOf(final, 'CMD')[0] ?? '')).toEqual(['serve']);
  });

  it('sets settings that exist, and needs a token besides', () => {
    const environment = variablesOf(final);
    const known = new Set(SETTING_NAMES.map((setting) => `ASSAY_${setting.toUpperCase()}`));
    expect(Object.keys(environment).filter((key) => !known.has(key))).toEqual(['NODE_ENV', 'ASSAY_CACHE']);
    const { settings } = loadConfig({ directory: '/', environment, flags: {} });
    expect(settings).toMatchObject({ host: '0.0.0.0', cache_file: 'off', insecure: false, tokens: [] });
  });

  it('prepares every Python version', () => {
    const [loop = ''] = textsOf(final, 'RUN').filter((text) => text.startsWith('for version in'));
    expect(/^for version in ([\d. ]+);/.exec(loop)?.[1]?.split(' ')).toEqual([...PYTHON_VERSIONS]);
  });
});

describe('Dockerfile.gpu', () => {
  it('builds as Dockerfile does, and fetches the CUDA libraries by the package’s own script', () => {
    const cpu = stagesOf('Dockerfile').build.instructions;
    const gpu = stagesOf('Dockerfile.gpu').build.instructions;
    expect(gpu.slice(0, -1)).toEqual(cpu);
    const install = 'node_modules/onnxruntime-node/script/install.js';
    expect(gpu.at(-1)).toEqual({ name: 'RUN', text: `ONNXRUNTIME_NODE_INSTALL=cuda12 node ${install}` });
    const { status, stderr } = spawnSync(process.execPath, [install], {
      cwd: ROOT,
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(read('node_modules/onnxruntime-node/script/install-metadata.js')).toContain("'linux/x64': ['cuda12']");
  });
});

describe('an image', () => {
  const { build, final } = stagesOf('Dockerfile');
  let root: string;
  /** Where a path of the image lies here. */
  const at = (stage: 'build' | 'final', path: string) =>
    join(root, stage, path.startsWith('/') ? path : join(PREFIX, path));
  const node = (path: string) => ({ ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${path}` });

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'assay-image-'));
    mkdirSync(at('build', PREFIX), { recursive: true });
    mkdirSync(at('final', PREFIX), { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('is built from its context alone, step by step', () => {
    for (const { name, text } of build.instructions) {
      if (name === 'COPY') copyFromContext(text);
      else if (name === 'RUN') buildStep(text);
      else expect([name, text]).toEqual(['WORKDIR', PREFIX]);
    }
    for (const { sources, target } of textsOf(final, 'COPY').map(readCopy)) {
      for (const source of sources) {
        expect(existsSync(at('build', source)), source).toBe(true);
        const to = target.endsWith('/') ? join(target, source.split('/').at(-1) ?? '') : target;
        copyTree(at('build', source), at('final', to));
      }
    }
  }, 240_000);

  it('serves, says so to its health check, and has the embedded model with it', async () => {
    const port = await freePort();
    const environment = {
      ...node(process.env.PATH ?? ''),
      ...variablesOf(final),
      ASSAY_CACHE: process.env.ASSAY_CACHE,
      ASSAY_TOKENS: 'me:0123456789abcdef',
      ASSAY_HOST: '127.0.0.1',
      ASSAY_PYTHON: '3.10',
      ASSAY_WORKERS: '1',
      ASSAY_PORT: String(port),
    };
    const [command = '', ...entry] = JSON.parse(textsOf(final, 'ENTRYPOINT')[0] ?? '');
    const args = [...entry.map((path: string) => at('final', path)), ...JSON.parse(textsOf(final, 'CMD')[0] ?? '')];
    const daemon = spawn(command, args, { cwd: at('final', PREFIX), env: environment, stdio: 'ignore' });
    const exited = once(daemon, 'exit');
    try {
      const [test = '', ...rest] = JSON.parse(/CMD (.+)$/.exec(textsOf(final, 'HEALTHCHECK')[0] ?? '')?.[1] ?? '');
      const health = async (env: NodeJS.ProcessEnv) => (await once(spawn(test, rest, { env }), 'exit'))[0];
      await expect.poll(() => health(environment), { timeout: 60_000, interval: 500 }).toBe(0);
      const response = await fetch(`http://127.0.0.1:${port}/v1/simulate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer 0123456789abcdef' },
        body: JSON.stringify({ program: { source: 'def f(x):\n    return x + 1\n', entry: { call: 'f(3)' } } }),
      });
      expect(await response.text()).toMatch(/^event: done\ndata: \{"status":"verified"/m);
      expect(await health({ ...environment, ASSAY_PORT: String(await freePort()) })).toBe(1);
    } finally {
      daemon.kill('SIGTERM');
    }
    expect(await exited).toEqual([0, null]);
  }, 120_000);

  function copyFromContext(text: string): void {
    const { sources } = readCopy(text);
    const wanted = sources.includes('.') ? context : sources;
    for (const path of wanted) cpSync(join(ROOT, path), at('build', path), { recursive: true });
  }

  /** Steps that fetch packages, or take away what an image does not need, are left to a real build. */
  function buildStep(text: string): void {
    if (text.startsWith('npm ci ')) {
      symlinkSync(join(ROOT, 'node_modules'), at('build', 'node_modules'));
    } else if (text.startsWith('npm prune ') || text.startsWith('find node_modules/')) {
      expect(existsSync(at('build', 'dist')), text).toBe(true);
    } else {
      const { status, stdout, stderr } = spawnSync('sh', ['-ec', text], {
        cwd: at('build', PREFIX),
        env: node(process.env.PATH ?? ''),
        encoding: 'utf8',
      });
      expect([status, stderr], stdout).toEqual([0, '']);
    }
  }
});

/**
 * Copies by hard links where the file system can: a symbolic link would lead out of what the sandbox process may read,
 * and the packages are large.
 */
function copyTree(from: string, to: string): void {
  const { status } = spawnSync('cp', ['-RLl', from, to]);
  if (status === 0) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(realpathSync(from), to, { recursive: true });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe('compose.gpu.yaml', () => {
  const { services, volumes } = parse(read('compose.gpu.yaml'), { uniqueKeys: true });
  const { assay, vllm } = services;

  it('builds the image that is there, read-only and without rights', () => {
    expect(existsSync(join(ROOT, assay.build.dockerfile))).toBe(true);
    expect(assay).toMatchObject({
      image: `assay:${manifest.version}`,
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      depends_on: { vllm: { condition: 'service_healthy' } },
    });
    expect(assay.ports).toEqual([`127.0.0.1:${DEFAULT_SETTINGS.port}:${DEFAULT_SETTINGS.port}`]);
    expect(assay.tmpfs).toEqual(['/tmp']);
    const kept = variablesOf(stagesOf(assay.build.dockerfile).final).ASSAY_KEYS ?? '';
    expect(assay.volumes).toEqual([`assay:${dirname(kept)}`]);
    expect(dirname(assay.environment.ASSAY_CACHE_FILE)).toBe(dirname(kept));
  });

  it('has a configuration that fits, and asks the model that vLLM serves', () => {
    const environment = { ...assay.environment, ASSAY_TOKENS: 'me:0123456789abcdef' };
    const { settings } = loadConfig({ directory: '/', environment, flags: {} });
    const { cwm } = settings.predictors;
    if (cwm?.provider !== 'openai') throw new Error('no model behind a server');
    expect(new URL(cwm.url).hostname).toBe('vllm');
    expect(vllm.healthcheck.test.at(-1)).toContain(`:${new URL(cwm.url).port}/health`);
    expect(vllm.command).toContain(`--model=${cwm.model}`);
    expect(assay.environment.ASSAY_TOKENS).toMatch(/^\$\{ASSAY_TOKENS:\?/);
  });

  it('reserves a GPU for the model, and keeps its weights', () => {
    expect(vllm.deploy.resources.reservations.devices).toEqual([
      { driver: 'nvidia', count: 'all', capabilities: ['gpu'] },
    ]);
    const named = [...assay.volumes, ...vllm.volumes].map((volume: string) => volume.split(':')[0]);
    expect(named).toEqual(Object.keys(volumes));
  });
});
