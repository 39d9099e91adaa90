# entry: call run()
# returns: (['HI BO', 'HI BO'], 'greet')
# about: decorators with arguments, stacked, with functools.wraps
from functools import wraps


def repeat(times):
    def decorate(f):
        @wraps(f)
        def wrapper(*args, **kwargs):
            return [f(*args, **kwargs) for _ in range(times)]

        return wrapper

    return decorate


def shout(f):
    @wraps(f)
    def wrapper(name):
        return f(name).upper()

    return wrapper


@repeat(times=2)
@shout
def greet(name):
    return f"hi {name}"


def run():
    return greet("bo"), greet.__name__
