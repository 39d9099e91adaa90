# entry: call missing(1)
# raises: NameError
# about: an entry that the module does not define
def present(n):
    return n
