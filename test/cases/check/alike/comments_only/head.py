def double(number):
    """Twice the number."""
    # Doubling is adding to itself.
    return number * 2
