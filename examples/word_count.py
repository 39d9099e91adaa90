def word_count(text):
    counts = {}
    for word in text.lower().split():
        word = word.strip(".,!")
        counts[word] = counts.get(word, 0) + 1
    return counts


def main():  # << START_OF_TRACE
    return word_count("To be, or not to be.")
