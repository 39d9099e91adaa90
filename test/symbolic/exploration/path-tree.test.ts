import { describe, expect, it } from 'vitest';
import { PathTree, type Step } from '../../../symbolic/exploration/path-tree.ts';

const step = (ref: number, taken: boolean, fixed = false): Step => ({ ref, taken, fixed });

describe('the tree of paths', () => {
  it('counts a way once', () => {
    const tree = new PathTree();
    expect(tree.insert([step(1, true), step(2, false)])).toBe('new');
    expect(tree.insert([step(1, true), step(2, false)])).toBe('known');
    expect(tree.insert([step(1, false)])).toBe('new');
    expect(tree.paths).toBe(2);
  });

  it('tells when the same decisions lead two ways', () => {
    const tree = new PathTree();
    tree.insert([step(1, true), step(2, false)]);
    expect(tree.insert([step(1, true), step(3, false)])).toBe('apart');
    expect(tree.insert([step(1, true)])).toBe('apart');
    expect(tree.insert([step(1, true), step(2, false), step(4, true)])).toBe('apart');
  });

  it('puts a run that asks otherwise where its input decides what the others asked', () => {
    const tree = new PathTree();
    tree.insert([step(1, true), step(2, true)]);
    const way = tree.align([step(1, true), step(3, true)], (first) => ({ ...first, taken: false }));
    expect(way).toEqual([step(1, true), step(2, false), step(3, true)]);
    expect(tree.insert(way)).toBe('new');
    expect(tree.align([step(1, true)], (first) => ({ ...first, taken: first.ref !== 2 }))).toEqual([
      step(1, true),
      step(2, false),
      step(3, true),
    ]);
    expect(tree.align([step(3, true), step(1, false)], () => undefined)).toEqual([step(3, true), step(1, false)]);
    expect(tree.align([step(3, true), step(1, true)], ({ ref }) => step(ref, ref === 1))).toEqual([
      step(1, true),
      step(2, false),
      step(3, true),
    ]);
  });

  it('knows which sides nobody took', () => {
    const tree = new PathTree();
    tree.insert([step(1, true), step(2, false)]);
    const branch = { prefix: [step(1, true)], ref: 2, wanted: true };
    expect(tree.isOpen(branch)).toBe(true);
    tree.close(branch, 'infeasible');
    expect(tree.isOpen(branch)).toBe(false);
    expect(tree.isOpen({ prefix: [], ref: 1, wanted: false })).toBe(true);
    tree.insert([step(1, false)]);
    expect(tree.isOpen({ prefix: [], ref: 1, wanted: false })).toBe(false);
  });

  it('leaves the other side of an assumption alone', () => {
    const tree = new PathTree();
    tree.insert([step(1, true, true)]);
    expect(tree.isOpen({ prefix: [], ref: 1, wanted: false })).toBe(false);
  });

  it('is complete with no decision at all', () => {
    const tree = new PathTree();
    expect(tree.insert([])).toBe('new');
    expect(tree.insert([])).toBe('known');
  });
});
