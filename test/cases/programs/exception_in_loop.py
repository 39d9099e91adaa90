# entry: call run(["4", "x", "0", "2"])
# returns: ['4', 3, 'x', '0']
# about: try within a loop, with continue and break
def run(texts):
    results = []
    for text in texts:
        try:
            n = int(text)
            if n == 0:
                break
        except ValueError:
            continue
        finally:
            results.append(text)
        results.append(12 // n)
    else:
        results.append("no break")
    return results
