"""How a shadow run is ended."""


class Halted(BaseException):
    """Ends the run at once. The rewritten program passes it on: each of its handlers and statements looks for it first.

    reason: `engine` (a term and its value disagree: our own fault), `budget` or `unsupported`.
    """

    def __init__(self, reason, detail):
        BaseException.__init__(self, reason, detail)
        self.reason = reason
        self.detail = detail
