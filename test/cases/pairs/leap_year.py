# same: yes
# params: y: int
def f(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
# other version
def f(y):
    if y % 400 == 0:
        return True
    if y % 100 == 0:
        return False
    return y % 4 == 0
