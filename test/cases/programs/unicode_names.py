# entry: call größe("Ünïcödé 😀")
# returns: (9, 'Ünï', 'ligature', 3, 'ÜNÏCÖDÉ 😀', True, 'é', 2, '\u200b\xa0\ud800')
# about: identifiers and values beyond ASCII
def größe(текст):
    länge = len(текст)
    名前 = текст[:3]
    ﬁn = "ligature"
    π = 3
    upper = текст.upper()
    astral = "\U0001f600" in текст
    combining = "e\u0301"
    hidden = "\u200b\xa0\ud800"
    return länge, 名前, fin, π, upper, astral, combining, len(combining), hidden
