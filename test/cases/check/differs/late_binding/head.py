def tables(count: int) -> list[int]:
    functions = [lambda n=n: n for n in range(count)]
    return [function() for function in functions]
