# entry: call run()
# returns: ['inner', 'again', 'inner end', 'deep', 'end']
# about: a bare raise, and an exception that goes through finally blocks
def inner(log):
    try:
        log.append("inner")
        raise ValueError("deep")
    except ValueError:
        log.append("again")
        raise
    finally:
        log.append("inner end")


def run():
    log = []
    try:
        inner(log)
    except ValueError as error:
        log.append(str(error))
    finally:
        log.append("end")
    return log
