# entry: call run()
# returns: ['cleaned']
# about: a suspended coroutine that is closed
class Forever:
    def __await__(self):
        while True:
            yield


async def wait(log):
    try:
        await Forever()
    finally:
        log.append("cleaned")


def run():
    log = []
    coro = wait(log)
    coro.send(None)
    coro.close()
    return log
