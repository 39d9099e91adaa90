# entry: script
# about: a metaclass that sees the class body
class Registry(type):
    known = []

    def __new__(mcls, name, bases, namespace, **options):
        cls = super().__new__(mcls, name, bases, namespace)
        mcls.known.append((name, options.get("tag")))
        return cls

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args):
        made = super().__call__(*args)
        made.stamp = len(args)
        return made


class First(metaclass=Registry, tag="one"):
    def __init__(self, *args):
        self.args = args


class Second(First):
    pass


stamp = Second(1, 2).stamp
print(Registry.known, stamp)
