def evens(numbers: list[int]) -> list[int]:
    return [number for number in numbers if not number % 2]
