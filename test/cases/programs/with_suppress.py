# entry: call run()
# returns: ('ValueError', 'KeyError')
# about: __exit__ that swallows an exception, and one that does not
class Swallow:
    def __init__(self, kind):
        self.kind = kind
        self.caught = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.caught = kind and kind.__name__
        return kind is not None and issubclass(kind, self.kind)


def run():
    with Swallow(ValueError) as first:
        raise ValueError("x")
    try:
        with Swallow(ValueError) as second:
            raise KeyError("y")
    except KeyError:
        return first.caught, second.caught
