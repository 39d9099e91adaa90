"""Places in the source that rewritten code names by number."""


class Sites:
    """Numbers places as code is rewritten, and tells later where they are and what stands there."""

    def __init__(self, source):
        self._lines = source.split("\n")
        self._nodes = [None]

    def add(self, node, **parts):
        """Number of a node's place; `parts` are nodes that texts of conditions may speak of."""
        positions = {name: _position(part) for name, part in parts.items() if part is not None}
        self._nodes.append((_position(node), positions))
        return len(self._nodes) - 1

    def line(self, site):
        found = self._nodes[site]
        return found[0][0] if found else 0

    def place(self, site):
        """`(line, column)`, both counted from 1, the column in characters."""
        found = self._nodes[site]
        if found is None:
            return 0, 0
        line, column = found[0][:2]
        return line, len(self._bytes(line)[:column].decode("utf-8", "ignore")) + 1

    def _bytes(self, line):
        return self._lines[line - 1].encode("utf-8", "surrogatepass") if line <= len(self._lines) else b""

    def text(self, site, form=None, part=None):
        """What stands at a site, or `form` with `%s` replaced by what stands at one of its parts."""
        found = self._nodes[site]
        position = None if found is None else found[1].get(part, found[0])
        shown = "…" if position is None else self._between(position)
        return shown if form is None else form % shown

    def _between(self, position):
        line, column, end_line, end_column = position
        if line == end_line:
            pieces = [self._bytes(line)[column:end_column]]
        else:
            middle = [self._bytes(between) for between in range(line + 1, min(end_line, line + 8))]
            pieces = [self._bytes(line)[column:], *middle, self._bytes(end_line)[:end_column]]
        return " ".join(piece.decode("utf-8", "ignore").strip() for piece in pieces)


def _position(node):
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset
