def running_max(numbers):
    best = numbers[0]
    maxima = []
    for number in numbers:
        if number > best:
            best = number
        maxima.append(best)
    return maxima


def main():  # << START_OF_TRACE
    return running_max([3, 1, 4])
