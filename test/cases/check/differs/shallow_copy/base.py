def with_extra(rows: list[list[int]], extra: int) -> list[list[int]]:
    copy = list(rows)
    for row in copy:
        row.append(extra)
    return copy
