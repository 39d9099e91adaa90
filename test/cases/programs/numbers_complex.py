# entry: call run()
# returns: ((3+4j), (11-2j), (11.0, -2.0, 5.0, (3-4j)), -1j, True, (-1+0j))
# about: complex numbers
def run():
    z = 3 + 4j
    w = z * (1 - 2j)
    parts = w.real, w.imag, abs(z), z.conjugate()
    return z, w, parts, complex(0, -1), z == 3 + 4j, 1j**2
