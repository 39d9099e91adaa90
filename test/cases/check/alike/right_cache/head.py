_squares = {}


def square(number: int) -> int:
    if number not in _squares:
        _squares[number] = number * number
    return _squares[number]
