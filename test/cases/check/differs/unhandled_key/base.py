def amount(order: dict[str, int]) -> int:
    return order['amount'] * order['price']
