def biggest(numbers: list[int]) -> int:
    best = numbers[0] if numbers else 0
    for number in numbers:
        if number > best:
            best = number
    return best
