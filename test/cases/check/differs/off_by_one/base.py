def total_until(numbers: list[int], end: int) -> int:
    total = 0
    for index in range(min(end, len(numbers) - 1)):
        total += numbers[index]
    return total
