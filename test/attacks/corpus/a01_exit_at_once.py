# class: A1
# about: leaves by exit status 0 before the work is done
# entry: script
# claim: {"kind": "output", "stdout": "passed\n"}
# verdict: refuted
# truth: {"kind": "output", "raises": "SystemExit", "message": "0", "stdout": ""}
import sys

sys.exit(0)
print('passed')
