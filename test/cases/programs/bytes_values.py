# entry: call run("é€")
# returns: (b'\xc3\xa9\xe2\x82\xac', bytearray(b'\xc2\xa9\xe2\x82\xac\x00\'"'), b'\xa9\xe2', [195, 169], 'Ã©â\x82¬', b'5', b'\x00\x00\x00')
# about: bytes, bytearray and memoryview
def run(text):
    data = text.encode("utf-8")
    changed = bytearray(data)
    changed[0] ^= 1
    changed += b"\x00'\""
    view = memoryview(data)[1:3]
    numbers = list(data[:2])
    back = data.decode("latin-1")
    return data, changed, bytes(view), numbers, back, b"%d" % 5, bytes(3)
