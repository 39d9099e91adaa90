# class: A34
# about: writes a library and loads it
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive unsupported | inconclusive tampered
import importlib.util
import sys


def f():
    path = '/tmp/own.so'
    with open(path, 'wb') as file:
        file.write(b'\0asm\1\0\0\0')
    sys.path.insert(0, '/tmp')
    loader = importlib.machinery.ExtensionFileLoader('own', path)
    loader.create_module(importlib.util.spec_from_file_location('own', path, loader=loader))
    return 1
