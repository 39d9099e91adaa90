# entry: call run({"a": 1})
# raises: KeyError
# about: an exception that leaves three scopes and the entry
def find(table, key):
    return table[key]


def lookup(table):
    found = find(table, "a")
    return found + find(table, "b")


def run(table):
    total = lookup(table)
    return total
