def grade(points: int) -> str:
    if points >= 90:
        result = 'A'
    elif points >= 75:
        result = 'B'
    else:
        result = 'C'
    return result
