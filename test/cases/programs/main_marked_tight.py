# entry: main
# returns: 1
# about: a mark right after the colon, and trailing white space
def main():# << START_OF_TRACE   
    x = 1
    return x
