# entry: call run("{'a': 1}")
# raises: json.decoder.JSONDecodeError
# about: an exception raised in a library, with a qualified name
import json


def run(text):
    value = json.loads(text)
    return value
