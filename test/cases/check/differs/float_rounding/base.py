def cents(price: float) -> int:
    return int(price * 100)
