def within(value: int, low: int, high: int) -> bool:
    return low <= value < high
