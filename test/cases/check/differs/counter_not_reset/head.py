class Meter:
    def __init__(self):
        self.count = 0

    def tick(self, by: int) -> int:
        self.count += by
        return self.count

    def reset(self) -> None:
        self.count = 0
