# entry: call run(5)
# returns: {'sum': 30, 'max': 15}
# about: statements and calls over several lines
def add(
    a,
    b,
):
    return (
        a
        + b
    )


def run(n):
    values = [
        n,
        add(
            n,
            n * 2,
        ),
        add(1, 2) + add(
            3,
            4,
        ),
    ]
    table = {
        "sum": sum(
            values
        ),
        "max": max(values),
    }
    if (
        table["sum"] > 10
        and table["max"] < 100
    ):
        return (
            table
        )
    return None
