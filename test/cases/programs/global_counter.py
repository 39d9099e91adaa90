# entry: call run()
# returns: (7, [5, 3, 7], 'here')
# about: global statement, a module variable that changes during the run
total = 0
log = []


def record(amount):
    global total
    total += amount
    log.append(total)


def run():
    global created
    for amount in (5, -2, 4):
        record(amount)
    created = "here"
    return total, log, created
