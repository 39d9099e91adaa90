import { describe, expect, it } from 'vitest';
import { closest } from '../../../src/config/suggest.ts';

const WORDS = ['host', 'port', 'workers', 'python', 'body_limit_mb'];

describe('did you mean', () => {
  it.each([
    ['prot', 'port'],
    ['Port', 'port'],
    ['worker', 'workers'],
    ['pyhton', 'python'],
    ['body_limit', undefined],
    ['x', undefined],
    ['', undefined],
    ['colour', undefined],
    ['w'.repeat(100_000), undefined],
  ])('%s → %s', (word, meant) => {
    expect(closest(word, WORDS)).toBe(meant);
  });
});
