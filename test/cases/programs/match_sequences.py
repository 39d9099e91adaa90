# entry: call run([[], [1], [1, 2], (1, 2, 3, 4), "ab"])
# returns: ['empty', 1, (1, 2), (1, [2, 3], 4), 'ab']
# about: match on sequences, with a star and with captures
def shape(items):
    match items:
        case []:
            return "empty"
        case [only]:
            return only
        case [first, second]:
            return first, second
        case [first, *middle, last]:
            return first, middle, last
        case other:
            return other


def run(lists):
    return [shape(items) for items in lists]
