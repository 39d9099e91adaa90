# entry: call climb(6, {})
# returns: 13
# about: recursion with a shared dict that grows in every scope
def climb(steps, memo):
    if steps in memo:
        return memo[steps]
    if steps < 2:
        ways = 1
    else:
        ways = climb(steps - 1, memo) + climb(steps - 2, memo)
    memo[steps] = ways
    return ways
