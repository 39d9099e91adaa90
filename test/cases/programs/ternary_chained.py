# entry: call run(5, 5, 9)
# returns: (True, False, 'x', [], 'middle', [5, 5, 9, 9, 5, 0, '', 'x', 1, []])
# about: ternaries, chained comparisons and short circuits
def loud(value, log):
    log.append(value)
    return value


def run(a, b, c):
    log = []
    order = loud(a, log) <= loud(b, log) < loud(c, log)
    stops = loud(c, log) < loud(a, log) < loud(b, log)
    either = loud(0, log) or loud("", log) or loud("x", log)
    both = loud(1, log) and loud([], log) and loud(2, log)
    pick = "low" if a < 3 else "middle" if b < 7 else "high"
    return order, stops, either, both, pick, log
