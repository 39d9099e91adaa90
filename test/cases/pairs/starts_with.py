# same: yes
# params: s: str
def f(s):
    return s.startswith('ab')
# other version
def f(s):
    return s[:2] == 'ab'
