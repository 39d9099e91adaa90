# entry: call run([0, 1, -1, "go", None, 2.5, True])
# returns: ['zero', 'unit', 'unit', 'word', 'none', 'other', 'bool']
# about: match on literals, alternatives, and a wildcard
def name(value):
    match value:
        case None:
            return "none"
        case True | False:
            return "bool"
        case 0:
            return "zero"
        case 1 | -1:
            return "unit"
        case "go":
            return "word"
        case _:
            return "other"


def run(values):
    return [name(value) for value in values]
