# entry: call run(3)
# returns: (13, 3)
# about: nonlocal variables that outlive their function
def make_counter(start):
    count = start
    calls = 0

    def step(by=1):
        nonlocal count, calls
        calls += 1
        count += by
        return count

    def report():
        return count, calls

    return step, report


def run(times):
    step, report = make_counter(10)
    for i in range(times):
        step(i)
    return report()
