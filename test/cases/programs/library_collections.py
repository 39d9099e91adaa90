# entry: call run("the cat the dog a cat the".split())
# returns: ([Entry(word='the', count=3), Entry(word='cat', count=2)], {'the': [0, 2, 6], 'cat': [1, 5], 'dog': [3], 'a': [4]}, deque(['first', 'a', 'cat'], maxlen=3), ['b', 'a'], 3, Counter({'the': 2, 'cat': 2, 'dog': 1, 'a': 1}), Entry(word='the', count=0))
# about: Counter, defaultdict, deque, OrderedDict, namedtuple and ChainMap
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple

Entry = namedtuple("Entry", "word count")


def run(words):
    counts = Counter(words)
    top = [Entry(*pair) for pair in counts.most_common(2)]
    places = defaultdict(list)
    for i, word in enumerate(words):
        places[word].append(i)
    recent = deque(words, maxlen=3)
    recent.appendleft("first")
    ordered = OrderedDict(a=1, b=2)
    ordered.move_to_end("a")
    layered = ChainMap({"x": 1}, {"x": 2, "y": 3})
    return top, dict(places), recent, list(ordered), layered["y"], counts - Counter(the=1), top[0]._replace(count=0)
