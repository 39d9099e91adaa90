# entry: script
# about: decorators of a module that run while it is traced, multi-line and on a class
registry = {}


def register(name):
    def add(target):
        registry[name] = target.__name__
        return target

    return add


@register(
    "first",
)
def one():
    return 1


@register("second")
@register("alias")
class Two:
    def value(self):
        return 2


print(registry, one() + Two().value())
