# class: A32
# about: writes to the devices, removes them and makes new ones
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive tampered | inconclusive unsupported
import os


def f():
    for name in os.listdir('/dev'):
        try:
            descriptor = os.open('/dev/' + name, os.O_RDWR)
            os.write(descriptor, b'x' * 100)
            os.close(descriptor)
        except OSError:
            pass
        try:
            os.unlink('/dev/' + name)
        except OSError:
            pass
    return 1
