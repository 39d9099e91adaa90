def parity(number: int) -> int:
    return number % 2


if __name__ == '__main__':
    raise SystemExit(parity(7))
