def countdown(number: int):
    while number > 0 and number < 50:
        yield number
        number -= 1
