def weight(size: str = 'm') -> int:
    if size == 's':
        return 1
    elif size == 'm':
        return 5
    elif size == 'xl':
        return 20
    raise ValueError('no such size')
