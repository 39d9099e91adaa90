class Account:
    def __init__(self, balance: int):
        self.balance = balance

    def pay(self, amount: int) -> bool:
        if amount > self.balance:
            return False
        self.balance -= amount
        return True
