# same: yes
# params: n: int
def f(n):
    print('a', n)
    return n
# other version
def f(n):
    print('a', end=' ')
    print(n)
    return n
