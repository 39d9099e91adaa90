import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../core/claim.ts';
import type { Program } from '../../../core/program.ts';
import { VerifyRequest } from '../../../core/verdict.ts';
import { ask, useEngine } from './engine.ts';

const engine = useEngine();

const SOURCE = `def f(items):
    seen = {}
    for item in items:
        if item in seen:
            seen[item] += 1
        else:
            seen[item] = 1
        print(item)
    return seen

def g(key):
    try:
        return {'a': 1}[key]
    finally:
        print('done')
`;

const COUNTING: Program = { source: SOURCE, entry: { call: "f(['x', 'y', 'x'])" }, python: '3.10' };
const RAISING: Program = { source: SOURCE, entry: { call: "g('b')" }, python: '3.10' };

/** The verdict on a claim, which passes through the schema as a request does. */
const judge = (program: Program, claim: object) => ask(engine, VerifyRequest.parse({ program, claim }));

const VERIFIED = { status: 'verified' };
const refuted = (kind: string, frame = 0) => ({ status: 'refuted', kind, frame });

describe('a sparse claim', () => {
  const state = (line: number, locals: Record<string, string>, hit?: number) => ({ line, locals, ...(hit && { hit }) });
  const sparse = (...states: object[]) => judge(COUNTING, { kind: 'sparse', states });

  it.each<[string, object[], object]>([
    ['holds at the first time of a line', [state(4, { item: "'x'", seen: '{}' })], VERIFIED],
    ['holds at a later time', [state(4, { seen: "{'x': 1, 'y': 1}" }, 3)], VERIFIED],
    ['speaks of some locals only', [state(9, { seen: "{'x': 2, 'y': 1}" })], VERIFIED],
    ['speaks of no locals', [state(5, {})], VERIFIED],
    ['has states in any order', [state(9, { item: "'x'" }), state(2, { items: "['x', 'y', 'x']" })], VERIFIED],
    ['is hit at a def line by the call', [state(1, { items: "['x', 'y', 'x']" })], VERIFIED],
    ['spells a value in another way', [state(4, { item: '"x"' })], VERIFIED],
    ['takes the state behind the line for the one before it', [state(7, { seen: "{'x': 1}" })], refuted('value')],
    ['has a value of another type', [state(9, { seen: "{'x': 2.0, 'y': 1}" })], refuted('value')],
    ['has a dict in another order', [state(9, { seen: "{'y': 1, 'x': 2}" })], refuted('value')],
    ['names a local that is not bound yet', [state(2, { seen: '{}' })], refuted('keys')],
    ['counts a time too many', [state(5, {}, 2)], refuted('action')],
    ['names a line that never runs', [state(13, {})], refuted('action')],
    ['names a line that does not exist', [state(900, {})], refuted('action')],
    ['is wrong in its second state', [state(4, {}), state(4, { item: "'x'" }, 2)], refuted('value', 1)],
    ['takes a local for unchanged', [state(4, { item: '..' })], refuted('value')],
  ])('%s', async (_, states, verdict) => {
    expect(await sparse(...states)).toEqual(verdict);
  });

  it('about a local with the name of a JavaScript built-in is not lost', async () => {
    const program: Program = {
      source: 'def f():\n    __proto__ = 1\n    constructor = 2\n    return 3\n',
      entry: { call: 'f()' },
      python: '3.10',
    };
    const claim = (proto: string) => JSON.parse(`{"line": 4, "locals": {"__proto__": "${proto}", "constructor": "2"}}`);
    expect(await judge(program, { kind: 'sparse', states: [claim('1')] })).toEqual(VERIFIED);
    expect(await judge(program, { kind: 'sparse', states: [claim('7')] })).toEqual(refuted('value'));
  });
});

describe('an output claim', () => {
  const returned = "{'x': 2, 'y': 1}";

  it.each<[string, Program, object, object]>([
    ['of the returned value', COUNTING, { returns: returned }, VERIFIED],
    ['of another value', COUNTING, { returns: "{'x': 2}" }, refuted('argument')],
    ['of no value', COUNTING, { returns: '' }, refuted('argument')],
    ['of an exception where there is none', COUNTING, { raises: 'KeyError' }, refuted('event')],
    ['of what is printed', COUNTING, { stdout: 'x\ny\nx\n' }, VERIFIED],
    ['of what is printed without its last newline', COUNTING, { stdout: 'x\ny\nx' }, refuted('argument')],
    ['of nothing printed', COUNTING, { stdout: '' }, refuted('argument')],
    ['of both, one of them wrong', COUNTING, { returns: returned, stdout: 'x' }, refuted('argument', 1)],
    ['of both', COUNTING, { returns: returned, stdout: 'x\ny\nx\n' }, VERIFIED],
    ['of the exception', RAISING, { raises: 'KeyError' }, VERIFIED],
    ['of its message', RAISING, { raises: 'KeyError', message: "'b'" }, VERIFIED],
    ['of another message', RAISING, { raises: 'KeyError', message: 'b' }, refuted('argument', 1)],
    ['of the base of its class', RAISING, { raises: 'LookupError' }, refuted('argument')],
    ['of a value where it raises', RAISING, { returns: 'None' }, refuted('event')],
    ['of what was printed before it raised', RAISING, { stdout: 'done\n' }, VERIFIED],
  ])('%s', async (_, program, claim, verdict) => {
    expect(await judge(program, { kind: 'output', ...claim })).toEqual(verdict);
  });

  it('names an exception of a library with or without its module', async () => {
    const program: Program = { source: "import json\ndef f():\n    json.loads('')\n", entry: { call: 'f()' } };
    for (const raises of ['json.decoder.JSONDecodeError', 'JSONDecodeError']) {
      expect(await judge(program, { kind: 'output', raises })).toEqual(VERIFIED);
    }
  });

  it('tells types apart that are equal in Python', async () => {
    const program: Program = { source: 'def f():\n    return 1\n', entry: { call: 'f()' } };
    expect(await judge(program, { kind: 'output', returns: '1' })).toEqual(VERIFIED);
    for (const returns of ['1.0', 'True', "'1'"]) {
      expect(await judge(program, { kind: 'output', returns })).toEqual(refuted('argument'));
    }
  });
});

describe('an input claim', () => {
  const input = (claim: object) => judge({ source: SOURCE, python: '3.10' }, { kind: 'input', ...claim });

  it.each<[string, object, object]>([
    ['that gives the output', { call: 'f([3, 3])', returns: '{3: 2}' }, VERIFIED],
    ['that gives another one', { call: 'f([3])', returns: '{3: 2}' }, refuted('argument')],
    ['that raises', { call: 'f(3)', returns: '{3: 1}' }, refuted('event')],
    ['that is no call of the program', { call: 'h(3)', returns: '1' }, refuted('event')],
    ['that does not parse', { call: 'f(', returns: '1' }, refuted('event')],
  ])('%s', async (_, claim, verdict) => {
    expect(await input(claim)).toEqual(verdict);
  });

  it('overrules the entry of the program', async () => {
    const claim = { kind: 'input', call: 'f([3, 3])', returns: '{3: 2}' };
    expect(await judge(COUNTING, claim)).toEqual(VERIFIED);
  });
});

describe('a path claim', () => {
  const LINES = [2, 3, 4, 7, 8, 3, 4, 7, 8, 3, 4, 5, 8, 3, 9];

  it.each<[string, object, object]>([
    ['that a line is reached', { line: 5, reached: true }, VERIFIED],
    ['that a line that runs is not reached', { line: 5, reached: false }, refuted('action')],
    ['that a line is not reached', { line: 13, reached: false }, VERIFIED],
    ['that a line that never runs is reached', { line: 13, reached: true }, refuted('action')],
    ['that a line that does not exist is reached', { line: 900, reached: true }, refuted('action')],
    ['of all lines', { lines: LINES }, VERIFIED],
    ['of the first lines only', { lines: LINES.slice(0, 4) }, refuted('short', 4)],
    ['of a line too many', { lines: [...LINES, 9] }, refuted('extra', 15)],
    ['of another branch', { lines: LINES.with(11, 7) }, refuted('action', 11)],
  ])('%s', async (_, claim, verdict) => {
    expect(await judge(COUNTING, { kind: 'path', ...claim })).toEqual(verdict);
  });
});

describe('a claim that one run may settle', () => {
  it('that the run ends', async () => {
    expect(await judge(COUNTING, { kind: 'halts', halts: true })).toEqual(VERIFIED);
  });

  it('that an input gives the output', async () => {
    expect(await judge(COUNTING, { kind: 'input', returns: '{3: 2}' })).toEqual(VERIFIED);
  });
});

describe('a claim about all inputs of a type that has no rules', () => {
  const params = { items: 'bytes' };
  it.each<[string, Claim]>([
    ['always', { kind: 'always', function: 'f', params, ensures: 'True' }],
    ['equivalent', { kind: 'equivalent', function: 'f', params, other: SOURCE }],
  ])('%s is inconclusive, not verified', async (_, claim) => {
    expect(await judge(COUNTING, claim)).toEqual({ status: 'inconclusive', reason: 'unsupported' });
  });
});
