WEIGHTS = {'s': 1, 'm': 5, 'xl': 20}


def weight(size: str = 'm') -> int:
    if size not in WEIGHTS:
        raise ValueError('no such size')
    return WEIGHTS[size]
