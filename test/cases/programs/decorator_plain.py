# entry: call area(3, 4)
# returns: 12
# about: a decorator whose wrapper is the function that the entry calls
calls = []


def traced(f):
    def wrapper(*args):
        calls.append(args)
        result = f(*args)
        return result

    return wrapper


@traced
def area(width, height):
    return width * height
