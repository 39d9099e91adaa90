class Basket:
    items = []

    def __init__(self, owner: str):
        self.owner = owner

    def add(self, item: int) -> list:
        self.items.append(item)
        return list(self.items)
