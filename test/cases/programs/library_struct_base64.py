# entry: call run(258)
# returns: (b'\x01\x02\x00\x01\x04\x04?\x00\x00\x00', (258, 66564, 0.5), 'AQIAAQQEPwAAAA==', True, b'01ff', 410182629)
# about: binary packing and text encodings
import base64
import binascii
import struct
import zlib


def run(n):
    packed = struct.pack(">HIf", n, n * n, 0.5)
    back = struct.unpack(">HIf", packed)
    text = base64.b64encode(packed).decode()
    return packed, back, text, base64.b64decode(text) == packed, binascii.hexlify(b"\x01\xff"), zlib.crc32(b"assay")
