def countdown(number: int):
    while number > 1 and number < 50:
        yield number
        number -= 1
