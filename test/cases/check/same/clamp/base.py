def clamp(value: int, low: int, high: int) -> int:
    if value < low:
        return low
    if value > high:
        return high if high >= low else low
    return value
