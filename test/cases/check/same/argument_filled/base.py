def add_all(target: list[int], numbers: list[int]) -> None:
    for number in numbers:
        target.append(number)
