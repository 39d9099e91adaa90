class Account:
    def __init__(self, balance: int):
        self.balance = balance

    def _covers(self, amount: int) -> bool:
        return amount <= self.balance

    def pay(self, amount: int) -> bool:
        covered = self._covers(amount)
        if covered:
            self.balance = self.balance - amount
        return covered
