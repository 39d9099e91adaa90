# entry: call run()
# returns: ['in', 'ValueError']
# about: an async context manager that sees an exception
class Lock:
    def __init__(self, log):
        self.log = log

    async def __aenter__(self):
        self.log.append("in")
        return self

    async def __aexit__(self, kind, value, trace):
        self.log.append(kind.__name__)
        return True


async def work(log):
    async with Lock(log):
        raise ValueError("inside")
    return log


def run():
    try:
        work([]).send(None)
    except StopIteration as stop:
        return stop.value
