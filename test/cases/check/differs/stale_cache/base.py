_seen = {}


def area(width, height):
    if width not in _seen:
        _seen[width] = width * height
    return _seen[width]
