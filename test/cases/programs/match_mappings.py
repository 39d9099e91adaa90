# entry: call run()
# returns: [[1, 2], (7, {'x': 0}), 'quit', 'unknown']
# about: match on mappings, with the rest and nested patterns
def handle(event):
    match event:
        case {"type": "key", "code": [*codes]}:
            return codes
        case {"type": "key", "code": int(code), **rest}:
            return code, rest
        case {"type": kind}:
            return kind
        case {}:
            return "unknown"


def run():
    events = [{"type": "key", "code": [1, 2]}, {"type": "key", "code": 7, "x": 0}, {"type": "quit"}, {"a": 1}]
    return [handle(event) for event in events]
