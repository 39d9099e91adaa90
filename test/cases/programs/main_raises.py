# entry: main
# raises: IndexError
# about: a marked entry that an exception leaves
def f(items, index):
    return items[index]


def main():  # << START_OF_TRACE
    return f([1, 2], 2)
