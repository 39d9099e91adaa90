# class: A29
# about: little data that unpacks to much
# entry: call f()
# claim: {"kind": "output", "returns": "0"}
# verdict: inconclusive memory | inconclusive budget
import zlib


def f():
    packer = zlib.compressobj(9)
    packed = b''.join(packer.compress(bytes(10**6)) for _ in range(1000)) + packer.flush()
    return zlib.decompress(packed)[0]
