import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';

/** Ways to make code from a string, each an expression. */
const WAYS = [
  "eval('1 + 1')",
  "(0, eval)('1 + 1')",
  "Function('return 2')()",
  "new Function('return 2')()",
  "(() => {}).constructor('return 2')()",
  "(async () => {}).constructor('return 2')()",
  "(function* () {}).constructor('yield 2')().next().value",
  "(async function* () {}).constructor('yield 2')().next()",
  "[].map.constructor('return 2')()",
  "Reflect.construct(Function, ['return 2'])()",
  "(class {}).constructor('return 2')()",
];

const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads');
const run = WAYS;
import(workerData.module).then(({ lockRealm }) => {
  const before = run.map((way) => { try { way(); return 'runs'; } catch (error) { return error.name; } });
  lockRealm();
  const after = run.map((way) => { try { way(); return 'runs'; } catch (error) { return error.name; } });
  const functions = [() => {}, async () => {}, class {}, Math.max].map((one) => one instanceof Function);
  parentPort.postMessage({ before, after, functions });
});
`;

describe('a locked realm', () => {
  it('makes no code from strings', async () => {
    const script = SCRIPT.replace('WAYS', `[${WAYS.map((way) => `() => ${way}`).join(', ')}]`);
    const module = new URL('../../workers/lock-realm.ts', import.meta.url).href;
    const worker = new Worker(script, { eval: true, workerData: { module } });
    const [{ before, after, functions }] = await once(worker, 'message');
    expect(before).toEqual(WAYS.map(() => 'runs'));
    expect(after.filter((how: string) => how !== 'EvalError' && how !== 'TypeError')).toEqual([]);
    expect(after).toHaveLength(WAYS.length);
    expect(functions).toEqual([true, true, true, true]);
  });
});
