# same: yes
# params: a: int, b: int, c: int
def f(a, b, c):
    if a == b == c:
        return 'equilateral'
    if a == b or b == c or a == c:
        return 'isosceles'
    return 'scalene'
# other version
def f(a, b, c):
    return ('scalene', 'isosceles', 'equilateral', 'equilateral')[(a == b) + (b == c) + (a == c)]
