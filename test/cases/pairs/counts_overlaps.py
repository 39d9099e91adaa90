# same: no
# params: s: str
def f(s):
    return s.count('aa')
# other version
def f(s):
    return sum(1 for i in range(len(s) - 1) if s[i:i + 2] == 'aa')
