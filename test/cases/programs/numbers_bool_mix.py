# entry: call run([True, 1, 1.0, False, 0])
# returns: (3.0, [True, False], {True: 'float', False: 'int'}, 2, 0, True)
# about: values that are equal but of different types
def run(values):
    total = sum(values)
    unique = []
    for value in values:
        if value not in unique:
            unique.append(value)
    table = {}
    for value in values:
        table[value] = type(value).__name__
    return total, unique, table, True + True, 3 * False, isinstance(True, int)
