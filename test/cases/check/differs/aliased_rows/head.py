def grid(rows: int, columns: int):
    return [[0] * columns for _ in range(rows)]
