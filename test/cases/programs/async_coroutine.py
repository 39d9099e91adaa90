# entry: call run()
# returns: (['one', 'two'], 30)
# about: coroutines driven by hand, without an event loop
class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        answer = yield self.value
        return answer


async def ask(question):
    answer = await Pause(question)
    return answer * 2


async def talk():
    first = await ask("one")
    second = await ask("two")
    return first + second


def run():
    coro = talk()
    asked = [coro.send(None), coro.send(10)]
    try:
        coro.send(5)
    except StopIteration as stop:
        return asked, stop.value
