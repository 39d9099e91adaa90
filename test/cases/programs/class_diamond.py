# entry: call run()
# returns: (['left', 'right', 'base'], ['Both', 'Left', 'Right', 'Base', 'object'])
# about: multiple inheritance with cooperative super()
class Base:
    def visit(self, log):
        log.append("base")
        return log


class Left(Base):
    def visit(self, log):
        log.append("left")
        return super().visit(log)


class Right(Base):
    def visit(self, log):
        log.append("right")
        return super().visit(log)


class Both(Left, Right):
    pass


def run():
    return Both().visit([]), [cls.__name__ for cls in Both.__mro__]
