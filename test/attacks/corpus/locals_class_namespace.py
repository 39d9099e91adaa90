# class: locals
# about: a class body whose namespace is no plain dict, so that its names could be left out
# entry: call f()
# claim: {"kind": "sparse", "states": [{"line": 20, "hit": 1, "locals": {"x": "2"}}]}
# verdict: refuted
# truth: {"kind": "sparse", "states": [{"line": 20, "hit": 1, "locals": {"x": "1"}}]}
class Names(dict):
    pass


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases):
        return Names()


def f():
    class Body(metaclass=Meta):
        x = 1
        y = 2

    return Body.x
