# entry: call run([-1, 0, 5, 50])
# returns: ['negative', None, 'small', None]
# about: many returns, and a function that falls off its end
def grade(n):
    if n < 0:
        return "negative"
    if n == 0:
        return
    if n < 10:
        return "small"


def run(numbers):
    return [grade(n) for n in numbers]
