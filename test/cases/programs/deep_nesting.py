# entry: call run(2)
# returns: [(1, 1), 'f']
# about: blocks within blocks, eight levels deep
def run(n):
    out = []
    for a in range(n):
        if a:
            while True:
                try:
                    with open_nothing():
                        for b in range(2):
                            if b:
                                match b:
                                    case 1:
                                        out.append((a, b))
                finally:
                    out.append("f")
                break
    return out


class open_nothing:
    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return None
