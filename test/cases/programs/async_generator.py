# entry: call run()
# returns: (3, [0, 1, 4])
# about: an async generator and an async comprehension driven by hand
async def count(n):
    for i in range(n):
        yield i


async def collect(n):
    total = 0
    async for i in count(n):
        total += i
    squares = [i * i async for i in count(n)]
    return total, squares


def run():
    coro = collect(3)
    try:
        coro.send(None)
    except StopIteration as stop:
        return stop.value
