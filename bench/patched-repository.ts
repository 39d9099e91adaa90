import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ownChild } from './own-child.ts';

const ASSAY = fileURLToPath(new URL('../bin/assay.mjs', import.meta.url));
/** In place of the configuration of whoever runs the benchmark. */
const GIT = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org', '-c', 'commit.gpgsign=false'];

/** A git repository of Python files, in a directory of its own. */
export class PatchedRepository {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async make(): Promise<PatchedRepository> {
    const repository = new PatchedRepository(await mkdtemp(join(tmpdir(), 'assay-bench-check-')));
    repository.#git('init', '-q');
    return repository;
  }

  #git(...args: readonly string[]): void {
    const { status, stderr } = spawnSync('git', [...GIT, ...args], { cwd: this.#directory, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
  }

  /** @param files text by name */
  async write(files: ReadonlyMap<string, string>): Promise<void> {
    for (const [name, source] of files) await writeFile(join(this.#directory, name), source);
  }

  async commit(files: ReadonlyMap<string, string>): Promise<void> {
    await this.write(files);
    this.#git('add', '-A');
    this.#git('commit', '-q', '-m', 'a version');
  }

  /**
   * Runs `assay check` as a user would.
   *
   * @returns milliseconds from its start to its end
   * @throws Error unless it finds a difference in every one of so many functions
   */
  async check(args: readonly string[], differences = 1): Promise<number> {
    const started = performance.now();
    const child = ownChild(
      spawn(process.execPath, [ASSAY, 'check', '--json', ...args], {
        cwd: this.#directory,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
    const took = performance.now() - started;
    const { summary } = JSON.parse(output) as { summary: { differs: number } };
    if (child.exitCode !== 1 || summary.differs !== differences) {
      throw new Error(`it found ${summary.differs} differences in place of ${differences}`);
    }
    return took;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }
}
