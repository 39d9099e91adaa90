# entry: call run("Assays test the purity of metals.")
# returns: (27, ['Assays test', 'the purity', 'of metals.'], 'ann owes $3', ['petal'], 'Two Words', 'a\n b')
# about: string, textwrap and difflib
import difflib
import string
import textwrap


def run(text):
    letters = [c for c in text.lower() if c in string.ascii_lowercase]
    lines = textwrap.wrap(text, width=12)
    filled = string.Template("$who owes $$$n").substitute(who="ann", n=3)
    close = difflib.get_close_matches("metal", ["petal", "mettle", "dog"], n=1)
    return len(letters), lines, filled, close, string.capwords("two words"), textwrap.dedent("  a\n   b")
