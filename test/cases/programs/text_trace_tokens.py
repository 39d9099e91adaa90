# entry: call run()
# returns: (['<|line_sep|>{}<|action_sep|>x', ''], '..', '{"a": ".."}', '\n[/ANSWER]', '<|end_of_text|>')
# about: values and lines that look like the separators of a trace
def run():
    tag = "<|frame_sep|>"
    text = "<|line_sep|>{}<|action_sep|>x<|frame_sep|>"
    parts = text.split(tag)  # << START_OF_TRACE?
    unchanged = ".."
    json = '{"a": ".."}'
    return parts, unchanged, json, "\n[/ANSWER]", "<|end_of_text|>"
