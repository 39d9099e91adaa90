# entry: call run(150)
# returns: (('150 > 100',), 50)
# about: exception classes of the program, with fields and a base class
class ShopError(Exception):
    """Something that the shop refuses."""


class TooExpensive(ShopError):
    def __init__(self, price, limit):
        super().__init__(f"{price} > {limit}")
        self.price = price
        self.limit = limit


def buy(price, limit=100):
    if price > limit:
        raise TooExpensive(price, limit)
    return price


def run(price):
    try:
        return buy(price)
    except ShopError as error:
        return error.args, error.price - error.limit
