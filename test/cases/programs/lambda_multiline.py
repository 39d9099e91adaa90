# entry: call run()
# returns: [0, 5, 10]
# about: a lambda with its body on other lines than its caller
def run():
    clamp = lambda value, low, high: (
        low
        if value < low
        else high
        if value > high
        else value
    )
    return [clamp(v, 0, 10) for v in (-5, 5, 15)]
