def biggest(numbers: list[int]) -> int:
    best = 0
    for number in numbers:
        if number > best:
            best = number
    return best
