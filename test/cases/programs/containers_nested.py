# entry: call run()
# returns: ([0, 5], [[0, 5], [0, 5]], [[9, 5], [9, 5]], {'leaf': (1, [2, {'x': {3}}]), 'empty': ((), [], {}, '')}, [1, [...]], (1,), ((),))
# about: containers in containers, shared, copied and recursive
import copy


def run():
    row = [0, 0]
    shared = [row] * 2
    shared[0][1] = 5
    deep = copy.deepcopy(shared)
    deep[0][0] = 9
    tree = {"leaf": (1, [2, {"x": {3}}]), "empty": ((), [], {}, "")}
    loop = [1]
    loop.append(loop)
    return row, shared, deep, tree, loop, (1,), ((),)
