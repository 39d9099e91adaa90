# entry: call run(3)
# returns: {0: [], 1: [0], 4: [0, 1]}
# about: a comprehension whose element calls a function of the program
def square(n):
    return n * n


def run(n):
    return {square(i): [square(j) for j in range(i)] for i in range(n)}
