def digits(number: int) -> int:
    count = 1
    number = abs(number)
    while number >= 10:
        number = max(number // 10, 10)
        count += 1
    return count
