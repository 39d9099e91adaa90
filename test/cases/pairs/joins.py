# same: yes
# params: s: str
def f(s):
    return '-'.join(s)
# other version
def f(s):
    out = ''
    for i, c in enumerate(s):
        out += ('-' if i else '') + c
    return out
