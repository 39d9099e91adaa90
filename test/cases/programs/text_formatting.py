# entry: call run("ann", 3.14159, 1234567)
# returns: ('ann: 3.14', '     ann|1,234,567|+3.1e+00', "'ann'   ann   '\\xe9' {}", 'count=1234567 ratio * 2=6.283', 'ann has 1234567 (  3.1%)', 'ann-a-ff')
# about: f-strings, format specifications and % formatting
def run(name, ratio, count):
    width = 8
    plain = f"{name}: {ratio:.2f}"
    nested = f"{name:>{width}}|{count:,}|{ratio:+.1e}"
    quoted = f"{name!r} {name!s:^7} {'é'!a} {{}}"
    debug = f"{count=} {ratio * 2=:.3f}"
    old = "%s has %d (%5.1f%%)" % (name, count, ratio)
    new = "{0}-{0[0]}-{b:x}".format(name, b=255)
    return plain, nested, quoted, debug, old, new
