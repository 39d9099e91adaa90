# entry: call run()
# returns: (Account('ann', 42), 5, 6)
# about: a class with state, methods and a repr of its own
class Account:
    interest = 5

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        self.balance += amount
        return self

    def __repr__(self):
        return f"Account({self.owner!r}, {self.balance})"


def run():
    account = Account("ann")
    account.deposit(30).deposit(12)
    account.interest = 6
    return account, Account.interest, account.interest
