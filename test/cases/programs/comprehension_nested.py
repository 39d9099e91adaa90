# entry: call run(3)
# returns: ([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [1, 3, 5, 7])
# about: comprehensions within comprehensions and with two loops
def run(n):
    grid = [[row * n + col for col in range(n)] for row in range(n)]
    flat = [cell for line in grid for cell in line if cell % 2]
    return grid, flat
