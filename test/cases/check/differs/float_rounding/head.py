def cents(price: float) -> int:
    return round(price * 100)
