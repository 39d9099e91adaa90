# same: yes
# params: s: str
def f(s):
    return s == s[::-1]
# other version
def f(s):
    for i in range(len(s) // 2):
        if s[i] != s[-1 - i]:
            return False
    return True
