# class: A41
# about: a metaclass that gives its exceptions other names
# entry: call f()
# claim: {"kind": "output", "raises": "KeyError"}
# verdict: refuted
class Meta(type):
    def __getattribute__(cls, name):
        if name in ('__name__', '__qualname__'):
            return 'KeyError'
        if name == '__module__':
            return 'builtins'
        return type.__getattribute__(cls, name)


class Hidden(Exception, metaclass=Meta):
    __class__ = KeyError


def f():
    raise Hidden('x')
