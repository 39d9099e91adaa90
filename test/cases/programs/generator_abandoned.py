# entry: call run()
# returns: 4
# about: a generator dropped by a break in the loop over it
def numbers():
    n = 0
    while True:
        yield n
        n += 1


def run():
    found = None
    for n in numbers():
        if n * n > 10:
            found = n
            break
    return found
