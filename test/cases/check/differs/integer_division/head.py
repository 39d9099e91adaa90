def mean(numbers: list[int]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0
