# entry: call run([4, 6, 9, 7])
# returns: {4: 2, 6: 2, 9: 3, 7: None, 'all': True}
# about: for/else and while/else, left with and without break
def first_divisor(n):
    d = 2
    while d * d <= n:
        if n % d == 0:
            break
        d += 1
    else:
        return None
    return d


def run(numbers):
    found = {}
    for n in numbers:
        if n == 100:
            break
        found[n] = first_divisor(n)
    else:
        found["all"] = True
    return found
