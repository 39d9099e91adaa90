def parity(number: int) -> int:
    return number - 2 * (number // 2)


if __name__ == '__main__':
    print(parity(7))
