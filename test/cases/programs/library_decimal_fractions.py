# entry: call run("0.1")
# returns: (True, Decimal('2.68'), Fraction(1, 3), Fraction(1, 1), Fraction(1, 8), Decimal('0.03333333333333333333333333333'))
# about: exact numbers
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def run(text):
    tenth = Decimal(text)
    total = sum([tenth] * 3, Decimal(0))
    rounded = Decimal("2.675").quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    third = Fraction(1, 3)
    whole = third + Fraction(2, 3)
    return total == Decimal("0.3"), rounded, third, whole, Fraction("0.125"), tenth / 3
