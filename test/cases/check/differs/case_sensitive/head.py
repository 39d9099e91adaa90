def same_name(a: str, b: str) -> bool:
    return a.lower() == b.lower()
