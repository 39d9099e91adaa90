# entry: call later()
# returns: ('NameError', 5)
# about: a cell that is read before it is bound
def later():
    def peek():
        return value

    try:
        peek()
    except NameError as error:
        found = type(error).__name__
    value = 5
    return found, peek()
