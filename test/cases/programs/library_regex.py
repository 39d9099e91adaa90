# entry: call run("a=1, b=22; c=x")
# returns: ([('a', '1'), ('b', '22'), ('c', 'x')], 'a:2, b:23; c:x', [(2, 3), (7, 9), (13, 14)], ['a=1', 'b=22', 'c=x'], True)
# about: regular expressions, with a replacement function of the program
import re

PAIR = re.compile(r"(?P<key>\w)=(?P<value>\w+)")


def bump(match):
    value = match["value"]
    return f"{match['key']}:{int(value) + 1 if value.isdigit() else value}"


def run(text):
    pairs = PAIR.findall(text)
    changed = PAIR.sub(bump, text)
    spans = [m.span("value") for m in PAIR.finditer(text)]
    return pairs, changed, spans, re.split(r"[,;]\s*", text), bool(re.fullmatch("a+", "aa"))
