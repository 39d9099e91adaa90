# entry: script
# about: defaults are evaluated once, where the function is defined
order = []


def note(value):
    order.append(value)
    return value


def f(a=note("a"), *, b=note("b")):
    return a + b


order.append("defined")
text = f() + f(b="x")
print(order, text)
