# entry: call run(2)
# returns: [0, 0, 1, -1, -2, 'out']
# about: nested finally blocks around a loop with early exits
def run(stop):
    log = []
    try:
        for i in range(4):
            try:
                if i == stop:
                    return log
                log.append(i)
            finally:
                log.append(-i)
    finally:
        log.append("out")
