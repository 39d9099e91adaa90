# entry: call run('{"b": [1, 2.5, null], "a": {"c": true}}')
# returns: (3.5, '{"a":{"c":true},"b":[1,2.5,null,"\\u00e9"]}', '[\n 1,\n {\n  "x": null\n }\n]')
# about: json read, changed and written
import json


def run(text):
    data = json.loads(text)
    data["b"].append("é")
    total = sum(x for x in data["b"] if isinstance(x, (int, float)))
    compact = json.dumps(data, separators=(",", ":"), sort_keys=True)
    return total, compact, json.dumps([1, {"x": None}], indent=1)
