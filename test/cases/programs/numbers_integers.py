# entry: call run()
# returns: (1267650600228229401496703205376, 377, ((-3, 2), (-3, -2), -4, 2), ('0xff', '0o10', '-0b101', 255, -3), (4, -6, -1, 1180591620717411303424), 1000000, 9)
# about: big integers, division, bases and bit operations
def run():
    big = 2**100
    grown = big * big + 1
    parts = divmod(-7, 3), divmod(7, -3), -7 // 2, -7 % 3
    bases = hex(255), oct(8), bin(-5), int("ff", 16), int("-0b11", 0)
    bits = (12).bit_length(), ~5, -1 >> 3, 1 << 70
    return big, grown % 1000, parts, bases, bits, 1_000_000, pow(3, 200, 13)
