# same: no
# params: s: str
def f(s):
    return s == s[::-1]
# other version
def f(s):
    return len(s) < 2 or s[0] == s[-1]
