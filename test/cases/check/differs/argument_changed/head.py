def largest(numbers: list[int]):
    return sorted(numbers)[-1] if numbers else None
