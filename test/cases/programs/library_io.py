# entry: call run()
# returns: ([{'name': 'ann', 'n': 1}, {'name': 'bob', 'n': 2}], 'captured-2!', b'a')
# about: text files in memory, csv, and redirected output
import contextlib
import csv
import io


def run():
    source = io.StringIO("name,n\nann,1\nbob,2\n")
    rows = [dict(row, n=int(row["n"])) for row in csv.DictReader(source)]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        print("captured", len(rows), sep="-", end="!")
    return rows, out.getvalue(), io.BytesIO(b"ab").read(1)
