# entry: call run()
# returns: (None, None, 'Hollow', Ellipsis)
# about: functions with nothing but pass, an ellipsis or a docstring
def nothing():
    pass


def dots(): ...


def words():
    """Only a docstring."""


class Hollow:
    ...


def run():
    nothing()
    return dots(), words(), type(Hollow()).__name__, ...
