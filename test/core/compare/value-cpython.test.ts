import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { sameRepr } from '../../../core/compare/value.ts';

/** Prints pairs of reprs as JSON lines, and whether CPython holds the values to be equal and of the same types. */
const GENERATOR = String.raw`
import json, math, random
from collections import Counter, OrderedDict, deque
random.seed(20260101)
TEXT = ['a', 'b', 'é', "'", '"', '\\', '\n', '\x00', '\x7f', '\ud800', '\udc00', '😀', ' ', 'x41', '{', ',']

def scalar():
    return random.choice([
        lambda: random.randint(-3, 3), lambda: random.getrandbits(80), lambda: bool(random.getrandbits(1)), lambda: None,
        lambda: ..., lambda: random.choice([0.0, -0.0, 1.0, 1e20, 1e-7, math.inf, -math.inf, math.nan, random.random()]),
        lambda: complex(random.choice([0.0, -0.0, 1.0, math.nan, math.inf]), random.choice([0.0, -0.0, 2.5, -math.inf])),
        lambda: ''.join(random.choices(TEXT, k=random.randint(0, 4))),
        lambda: bytes(random.choices([0, 39, 34, 92, 65, 255], k=random.randint(0, 3))),
    ])()

def hashable(depth):
    kind = random.randint(0, 4) if depth else 0
    if kind == 1: return tuple(hashable(depth - 1) for _ in range(random.randint(0, 3)))
    if kind == 2: return frozenset(hashable(depth - 1) for _ in range(random.randint(0, 3)))
    return scalar()

def value(depth):
    kind = random.randint(0, 9) if depth else 0
    size = range(random.randint(0, 4))
    if kind == 1: return [value(depth - 1) for _ in size]
    if kind == 2: return tuple(value(depth - 1) for _ in size)
    if kind == 3: return {hashable(depth - 1): value(depth - 1) for _ in size}
    if kind == 4: return {hashable(depth - 1) for _ in size}
    if kind == 5: return deque([value(depth - 1) for _ in size], maxlen=random.choice([None, 9]))
    if kind == 6: return OrderedDict((hashable(depth - 1), value(depth - 1)) for _ in size)
    if kind == 7: return Counter([hashable(depth - 1) for _ in size])
    return hashable(depth)

def key(v):
    t = type(v).__name__
    if isinstance(v, (set, frozenset)): return (t, tuple(sorted(map(repr, map(key, v)))))
    if isinstance(v, dict):
        items = v.most_common() if isinstance(v, Counter) else v.items()
        return (t, tuple((key(k), key(x)) for k, x in items))
    if isinstance(v, deque): return (t, v.maxlen, tuple(map(key, v)))
    if isinstance(v, (list, tuple)): return (t, tuple(map(key, v)))
    return (t, repr(v))

def reordered(v):
    if isinstance(v, (set, frozenset)):
        items = [reordered(x) for x in v]
        random.shuffle(items)
        for pad in range(40): items.insert(0, ('pad', pad))
        wide = set(items)
        for pad in range(40): wide.discard(('pad', pad))
        return type(v)(wide) if isinstance(v, frozenset) else wide
    if isinstance(v, Counter): return Counter({reordered(k): n for k, n in v.items()})
    if isinstance(v, dict): return type(v)((reordered(k), reordered(x)) for k, x in v.items())
    if isinstance(v, deque): return deque((reordered(x) for x in v), maxlen=v.maxlen)
    if isinstance(v, (list, tuple)): return type(v)(reordered(x) for x in v)
    return v

def nearly(v):
    if isinstance(v, (list, tuple)) and v:
        items = list(v)
        at = random.randrange(len(items))
        items[at] = nearly(items[at])
        return type(v)(items)
    if isinstance(v, dict) and v: return type(v)(reversed(list(v.items())))
    if isinstance(v, bool): return int(v)
    if isinstance(v, int): return random.choice([float(v), bool(v), v + 1])
    if isinstance(v, float): return -v
    if isinstance(v, str): return v.encode('utf-8', 'surrogatepass')
    return scalar()

for _ in range(2000):
    a = value(3)
    b = random.choice([reordered, nearly, lambda _: value(2)])(a)
    print(json.dumps([repr(a), repr(b), key(a) == key(b)]))
`;

const python = spawnSync('python3', ['-c', GENERATOR], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

describe('sameRepr against CPython', () => {
  it('says of 2,000 pairs what equality of values and types says', (context) => {
    if (python.error !== undefined) return context.skip(`python3 cannot be started: ${python.error.message}`);
    expect(python.stderr).toBe('');
    const pairs = python.stdout
      .trimEnd()
      .split('\n')
      .map((line): [string, string, boolean] => JSON.parse(line));
    expect(pairs).toHaveLength(2000);
    expect(pairs.filter(([, , equal]) => equal).length).toBeGreaterThan(500);
    expect(pairs.filter(([one, other, equal]) => sameRepr(one, other) !== equal)).toEqual([]);
  });
});
