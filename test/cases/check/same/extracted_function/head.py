def _check(*sides: int) -> None:
    if any(side < 0 for side in sides):
        raise ValueError('negative')


def area(width: int, height: int) -> int:
    _check(width, height)
    return width * height
