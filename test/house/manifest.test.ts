import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './scratch.ts';

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

describe('package.json', () => {
  const manifest: Record<'dependencies' | 'devDependencies' | 'scripts', Record<string, string>> = JSON.parse(
    read('package.json'),
  );

  it('pins every dependency to one version', () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(ranges.filter(([, range]) => !/^(?:npm:[\w@/.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(range))).toEqual([]);
  });

  const lock: { packages: Record<string, LockedPackage> } = JSON.parse(read('package-lock.json'));
  const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

  it('has a lockfile that works with any registry', () => {
    expect(locked.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
  });

  it('has a lockfile that names the builds of every platform', () => {
    // npm 11 refuses a lockfile without them where the registry does not answer for one of them either.
    const missing = locked.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('has a checksum for everything that is not the build of one platform', () => {
    const unchecked = locked.filter(([, { integrity, optional, os }]) => integrity === undefined && !(optional && os));
    expect(unchecked).toEqual([]);
  });

  it('runs the tests in the Node that it brings', () => {
    expect(Number(process.versions.node.split('.')[0])).toBe(Number(manifest.devDependencies.node?.split('.')[0]));
  });
});
