def report(name: str, points: int) -> None:
    print(f'{name}: {points} points')
