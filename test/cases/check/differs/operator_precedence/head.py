def is_open(day: str, hour: int) -> bool:
    return (day == 'sat' or day == 'sun') and hour > 10
