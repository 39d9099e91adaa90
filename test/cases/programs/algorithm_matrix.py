# entry: call determinant([[2, 0, 1], [1, 3, 2], [1, 1, 1]])
# returns: 0
# about: recursion over minors of a matrix
def determinant(m):
    if len(m) == 1:
        return m[0][0]
    total = 0
    for j, value in enumerate(m[0]):
        minor = [row[:j] + row[j + 1 :] for row in m[1:]]
        total += (-1) ** j * value * determinant(minor)
    return total
