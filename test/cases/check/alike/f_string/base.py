def greet(name: str, age: int) -> str:
    return 'Hello ' + name + ', ' + str(age)
