# entry: call run()
# returns: ([0, 1], ['open', 'closed'], [])
# about: close() runs the finally block of a generator
def resource(log):
    log.append("open")
    try:
        for i in range(10):
            yield i
    finally:
        log.append("closed")


def run():
    log = []
    gen = resource(log)
    taken = [next(gen), next(gen)]
    gen.close()
    gen.close()
    return taken, log, list(gen)
