# entry: script
# about: a local that hides a global, and one that is deleted
x = "module"


def show():
    x = "local"
    return x


y = show() + x
del x
x = len(y)
