import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildDirectory, buildOf } from '../../../bridges/python/builds.ts';
import { installFirewall, type Seal } from '../../../bridges/python/firewall.ts';
import { RunHalted } from '../../../bridges/python/halt.ts';
import { PYTHON_VERSIONS, type PythonVersion } from '../../../core/program.ts';

function moduleOf(python: PythonVersion): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(`${buildDirectory(buildOf(python))}pyodide.asm.wasm`));
}

function functionNames(module: WebAssembly.Module): string[] {
  return WebAssembly.Module.imports(module)
    .filter(({ kind }) => kind === 'function')
    .map((entry) => `${entry.module}.${entry.name}`);
}

/** Assembled by hand: `(module (import "env" "evil" (func)))`. */
const EVIL = new WebAssembly.Module(
  Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x02, 0x0c, 0x01, 0x03, 0x65,
    0x6e, 0x76, 0x04, 0x65, 0x76, 0x69, 0x6c, 0x00, 0x00,
  ]),
);

/** Every import of a module as a function that tells that it was reached. */
function stubs(module: WebAssembly.Module): Record<string, Record<string, () => string>> {
  const imports: Record<string, Record<string, () => string>> = Object.create(null);
  for (const { module: namespace, name, kind } of WebAssembly.Module.imports(module)) {
    imports[namespace] ??= Object.create(null) as Record<string, () => string>;
    if (kind === 'function') imports[namespace][name] = () => 'reached';
  }
  return imports;
}

/** What a program must never reach, as far as a build imports it. */
const BRIDGE =
  /^(Js[A-Z]|_?Js|hiwire|_?hiwire|pyproxy|_pyproxy|create_|raw_call|jslib|ffi_|_?dlopen|_?dlsym|_dlopen|_emscripten_dlopen|emscripten_asm|_emscripten_system|system$|__syscall_(socket|connect|bind|listen|accept|send|recv|symlink|link|pipe)|getaddrinfo|getnameinfo)/;

describe.each(PYTHON_VERSIONS)('the firewall of Python %s', (python) => {
  const module = moduleOf(python);

  it('was written for the imports of the installed build', () => {
    const pinned = readFileSync(new URL(`../../../bridges/python/imports/${python}.txt`, import.meta.url), 'utf8');
    expect(functionNames(module).sort()).toEqual(pinned.trim().split('\n').sort());
  });

  it('refuses to start with an import that it does not know', () => {
    const imports = { env: { evil: () => {} } };
    expect(() => installFirewall(imports, EVIL, python, new Map(), { closed: false }, () => {})).toThrow(/env\.evil/);
  });

  it('lets everything through while Python starts, and nothing that leads to the host while a program runs', () => {
    const imports = stubs(module);
    const seal: Seal = { closed: false };
    installFirewall(imports, module, python, new Map(), seal, () => {});
    const dangerous = functionNames(module).filter((name) => BRIDGE.test(name.slice(name.indexOf('.') + 1)));
    expect(dangerous.length).toBeGreaterThan(20);
    const call = (name: string) => {
      const dot = name.indexOf('.');
      return imports[name.slice(0, dot)]?.[name.slice(dot + 1)]?.();
    };
    expect(dangerous.filter((name) => call(name) !== 'reached')).toEqual([]);
    seal.closed = true;
    const reached = dangerous.filter((name) => {
      try {
        call(name);
        return true;
      } catch (error) {
        return !(error instanceof RunHalted);
      }
    });
    expect(reached).toEqual([]);
  });

  it('refuses an import that suspends the stack', () => {
    const imports = stubs(module);
    const [first = ''] = functionNames(module);
    const dot = first.indexOf('.');
    const namespace = imports[first.slice(0, dot)] as Record<string, unknown>;
    namespace[first.slice(dot + 1)] = {};
    installFirewall(imports, module, python, new Map(), { closed: true }, () => {});
    expect(namespace[first.slice(dot + 1)]).toThrow(RunHalted);
  });

  it('puts the host’s own answers in place of imports once the seal is closed', () => {
    const imports = stubs(module);
    const seal: Seal = { closed: false };
    const overrides = new Map([['fd_write', () => () => 'played']]);
    installFirewall(imports, module, python, overrides, seal, () => {});
    const write = Object.values(imports).find((namespace) => 'fd_write' in namespace)?.fd_write;
    expect(write?.()).toBe('reached');
    seal.closed = true;
    expect(write?.()).toBe('played');
  });
});
