def amount(order: dict[str, int]) -> int:
    return order.get('amount', 0) * order.get('price', 0)
