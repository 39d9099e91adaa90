import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, Scratch } from './scratch.ts';

/** Makes the Node that starts the launcher say that it is an old one; a Node that the launcher starts is itself. */
const PRETEND = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.0' } });";

const ECHO = `
console.log(JSON.stringify({ file: import.meta.url.split('/').at(-1), args: process.argv.slice(2), pid: process.pid }));
process.exitCode = Number(process.env.CODE ?? 0);
`;

class Installation extends Scratch {
  constructor(files: Readonly<Record<string, string>>) {
    super();
    cpSync(join(ROOT, 'bin/assay.mjs'), join(this.path, 'bin/assay.mjs'), { recursive: true });
    this.write('package.json', '{ "type": "module" }');
    this.write('pretend.cjs', PRETEND);
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  bringNode(): this {
    this.write('node_modules/node/package.json', '{ "name": "node", "version": "26.0.0" }');
    this.write('node_modules/node/bin/.keep', '');
    symlinkSync(process.execPath, join(this.path, 'node_modules/node/bin/node'));
    return this;
  }

  command(args: readonly string[], old: boolean): string[] {
    return [...(old ? ['-r', join(this.path, 'pretend.cjs')] : []), join(this.path, 'bin/assay.mjs'), ...args];
  }

  run(args: readonly string[], { old = false, env = {} }: { old?: boolean; env?: Record<string, string> } = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, this.command(args, old), {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    return { status, stdout, stderr };
  }
}

describe('bin/assay.mjs', () => {
  it('runs the sources of a checkout in the same process, with its arguments', () => {
    using checkout = new Installation({
      'src/cli/main.ts': `const typed: number = 1;\n${ECHO}`,
      'dist/src/cli/main.js': ECHO,
    });
    const { status, stdout } = checkout.run(['verify', '--format', 'a b']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: 'main.ts', args: ['verify', '--format', 'a b'] });
  });

  it('runs what was built where the sources are not there', () => {
    using installed = new Installation({ 'dist/src/cli/main.js': ECHO });
    const { stdout } = installed.run([]);
    expect(JSON.parse(stdout)).toMatchObject({ file: 'main.js', args: [] });
  });

  it('says what to run where there is no program', () => {
    using empty = new Installation({});
    const { status, stderr } = empty.run([]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/npm run build/);
  });

  it('goes on in the Node that the project brings where this one is too old', () => {
    using checkout = new Installation({ 'src/cli/main.ts': ECHO }).bringNode();
    const { status, stdout } = checkout.run(['trace', '-'], { old: true, env: { CODE: '3' } });
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ file: 'main.ts', args: ['trace', '-'] });
  });

  it('says what to install where no Node is new enough', () => {
    using checkout = new Installation({ 'src/cli/main.ts': ECHO });
    const { status, stderr, stdout } = checkout.run([], { old: true });
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/needs Node 24 or newer, this is v\d+/);
  });

  it('passes a signal on, and ends as the program ends', async () => {
    using checkout = new Installation({
      'src/cli/main.ts': `
        process.once('SIGTERM', () => { console.log('closing'); process.exitCode = 7; clearInterval(alive); });
        const alive = setInterval(() => {}, 1000);
        console.log('ready');
      `,
    }).bringNode();
    const child = spawn(process.execPath, checkout.command([], true), { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (text.includes('ready')) child.kill('SIGTERM');
    });
    const [code] = await once(child, 'close');
    expect(printed).toBe('ready\nclosing\n');
    expect(code).toBe(7);
  });

  it('dies of the signal that the program dies of', async () => {
    using checkout = new Installation({
      'src/cli/main.ts': "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);",
    }).bringNode();
    const child = spawn(process.execPath, checkout.command([], true), { stdio: 'ignore' });
    const [code, signal] = await once(child, 'close');
    expect([code, signal]).toEqual([null, 'SIGTERM']);
  });
});
