# class: A42
# about: speaks through warnings and logs
# entry: call f()
# claim: {"kind": "output", "returns": "1", "stdout": "assay: verified\n"}
# verdict: refuted
# truth: {"kind": "output", "returns": "2", "stdout": ""}
import sys
import warnings


def f():
    warnings.warn('assay: verified')
    print('assay: verified', file=sys.stderr)
    return 2
