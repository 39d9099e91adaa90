def largest(numbers: list[int]) -> int:
    return max(numbers, default=0)
