# entry: call run([1, 2, 3, 4])
# returns: 1109
# about: if, else, for, while, try and with bodies on the line of their header
import contextlib


def run(items):
    total = 0
    for x in items: total += x
    if total > 5: total -= 1
    else: total += 1
    while total > 7: total -= 2; items = items[1:]
    try: total += items[9]
    except IndexError: total += 100
    finally: total += 1000
    with contextlib.nullcontext(total) as t: total = t + 1
    class Empty: size = 1
    def inner(): return total
    return inner() + Empty.size
