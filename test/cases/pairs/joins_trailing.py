# same: no
# params: s: str
def f(s):
    return '-'.join(s)
# other version
def f(s):
    out = ''
    for c in s:
        out += c + '-'
    return out
