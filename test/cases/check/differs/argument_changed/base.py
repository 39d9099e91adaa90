def largest(numbers: list[int]):
    numbers.sort()
    return numbers[-1] if numbers else None
