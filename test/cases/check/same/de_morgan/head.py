def may_enter(is_open: bool, is_full: bool, has_key: bool) -> bool:
    if not is_open or is_full:
        return has_key
    return True
