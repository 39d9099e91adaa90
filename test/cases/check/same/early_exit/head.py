def grade(points: int) -> str:
    if points >= 90:
        return 'A'
    return 'B' if points >= 75 else 'C'
