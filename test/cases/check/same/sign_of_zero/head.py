def sign(number: int) -> int:
    return (number > 0) - (number < 0)
