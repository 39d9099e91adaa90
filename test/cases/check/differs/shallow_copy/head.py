def with_extra(rows: list[list[int]], extra: int) -> list[list[int]]:
    copy = [list(row) for row in rows]
    for row in copy:
        row.append(extra)
    return copy
