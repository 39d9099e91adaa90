# same: yes
# params: s: str
def f(s):
    return s.count('a')
# other version
def f(s):
    n = 0
    for c in s:
        if c == 'a':
            n += 1
    return n
