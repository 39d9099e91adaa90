# entry: call run()
# returns: ({'b': 2, 'c': [3]}, ('y', (1,)), dict_keys(['b', 'c']), [('b', 2), ('c', [3]), ('z', None)], {'b': 0, 'c': [3], 'z': None}, 'none', {'a': 0, 'b': 0}, {'x': 1, 'y': 2})
# about: dict methods, views and insertion order
def run():
    table = dict(b=1, a=2)
    table.setdefault("c", []).append(3)
    table["b"] = table.pop("a", 0)
    table.update({"z": None}, y=(1,))
    last = table.popitem()
    keys, items = table.keys(), list(table.items())
    merged = table | {"b": 0}
    del table["z"]
    missing = table.get("q", "none")
    made = dict.fromkeys("aab", 0)
    return table, last, keys, items, merged, missing, made, dict(zip("xy", (1, 2)))
