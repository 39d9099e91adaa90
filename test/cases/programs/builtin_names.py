# entry: call run([3, 1])
# returns: ('mine', 5, '5', [3, 1])
# about: locals that hide built-ins, and a global that does
def max(items):
    return "mine"


def run(list):
    len = 5
    print = str(len)
    sum = [i for i in list]
    return max(list), len, print, sum
