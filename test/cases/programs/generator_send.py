# entry: call run()
# returns: (10.0, 7.0, (2, 7.0))
# about: values sent into a generator
def averager():
    total = 0.0
    count = 0
    average = None
    while True:
        value = yield average
        if value is None:
            break
        total += value
        count += 1
        average = total / count
    return count, average


def run():
    gen = averager()
    next(gen)
    first = gen.send(10)
    second = gen.send(4)
    try:
        gen.send(None)
    except StopIteration as stop:
        return first, second, stop.value
