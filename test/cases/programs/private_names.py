# entry: call run()
# returns: ((True, 1), ['_Safe__last'])
# about: name mangling in methods and class bodies
class Safe:
    __code = 42

    def open(self, __guess):
        __tries = 1
        self.__last = __guess
        return __guess == self.__code, __tries


def run():
    safe = Safe()
    return safe.open(42), sorted(vars(safe))
