import { describe, expect, it } from 'vitest';
import { readTask } from '../../../bridges/trainers/rollout.ts';
import { Fault } from '../../../core/fault.ts';

const PROGRAM = { source: 'def f():\n    return 1\n', entry: { call: 'f()' } };

describe('a task', () => {
  it.each([
    [{ program: PROGRAM }, { program: PROGRAM }],
    [JSON.stringify({ program: PROGRAM }), { program: PROGRAM }],
    [` ${JSON.stringify({ program: PROGRAM })}`, { program: PROGRAM }],
    ['2', { expected: '2' }],
    [' [1, 2]\n', { expected: '[1, 2]' }],
    [2.5, { expected: '2.5' }],
    [true, { expected: 'True' }],
    ['{"a": 1}', { expected: '{"a": 1}' }],
    ["{'program': 1}", { expected: "{'program': 1}" }],
    ['{', { expected: '{' }],
  ])('%j', (label, task) => {
    expect(readTask(label, '/label')).toEqual(task);
  });

  it.each([
    [null, '/label'],
    [undefined, '/label'],
    ['', '/label'],
    [[], '/label'],
    [{}, '/label/program'],
    [{ program: { ...PROGRAM, python: '2.7' } }, '/label/program/python'],
    ['{"program": 1}', '/label/program'],
    [{ program: PROGRAM, claim: 1 }, '/label/claim'],
  ])('%j is none', (label, path) => {
    let thrown: unknown;
    try {
      readTask(label, '/label');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Fault);
    expect((thrown as Fault).errors.map((error) => error.path)).toContain(path);
  });
});
