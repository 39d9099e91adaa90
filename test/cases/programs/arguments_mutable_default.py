# entry: call run()
# returns: ([1, 3], [2], [1, 3], True)
# about: a default list that is shared by the calls
def collect(item, into=[]):
    into.append(item)
    return into


def run():
    first = collect(1)
    second = collect(2, [])
    third = collect(3)
    return first, second, third, first is third
