def area(width: int, height: int) -> int:
    if width < 0 or height < 0:
        raise ValueError('negative')
    return width * height
