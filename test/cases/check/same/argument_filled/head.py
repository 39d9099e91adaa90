def add_all(target: list[int], numbers: list[int]) -> None:
    target.extend(numbers)
