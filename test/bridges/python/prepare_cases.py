# What follows `prepare.py` in one text: its functions, called the way the host calls them.


def marked_function_reads_its_name():
    mark = ENTRY_MARK
    assert marked_function('x = 1\ndef f(a, b):  ' + mark + '\n    pass\n') == 'f'
    assert marked_function('async  def g():' + mark + '  \n    pass\n') == 'g'
    assert marked_function('def größe(): ' + mark + '\n    pass\n') == 'größe'
    for source in ('x = 1\n', 'x = 1 ' + mark + '\n', '    def f(): ' + mark + '\n', 'def 1f(): ' + mark):
        try:
            marked_function(source)
        except LookupError:
            continue
        raise AssertionError(source)


def marked_function_counts_lines_as_python_does():
    text = '# \u2028def g():  ' + ENTRY_MARK + '\u2028\ndef f():  ' + ENTRY_MARK + '\n    pass\n'
    assert marked_function(text) == 'f', marked_function(text)


def split_call_evaluates_once_and_in_order():
    seen = []

    def f(*args, **kwargs):
        raise AssertionError('called')

    def note(value):
        seen.append(value)
        return value

    code = split_call('f(note(1), *note([2]), k=note(3), **note({"m": 4}))')
    callee, (args, kwargs) = eval(code, {'f': f, 'note': note})
    assert callee is f and args == (1, 2) and kwargs == {'k': 3, 'm': 4}
    assert seen == [1, [2], 3, {'m': 4}]


def split_call_knows_what_is_no_call():
    for text in ('f', 'f() + 1', '[f()]', 'lambda: f()', '(yield)'):
        assert split_call(text) is None
    assert split_call(' f() ') is not None
    assert split_call('f()()') is not None
    for text in ('f(', 'x = 1', ''):
        try:
            split_call(text)
        except SyntaxError:
            continue
        raise AssertionError(text)


def call_bind(function, **claimed):
    return bind_input(function, read_literals(claimed))


def bind_input_follows_the_signature():
    def f(a, b=2, *rest, c, d=4, **more):
        pass

    assert call_bind(f, a='1', b='2', rest='(3, 4)', c='5', more="{'x': 6}") == ((1, 2, 3, 4), {'c': 5, 'x': 6})
    assert call_bind(f, a='1', c="'x'") == ((1,), {'c': 'x'})
    assert call_bind(lambda: None, z='1') == ((), {})


def bind_input_takes_literals_only():
    for text in ('f()', '__import__("os")', '<object object>', '1 if 1 else 2', '(' * 500, 'x'):
        try:
            call_bind(lambda a: None, a=text)
        except ValueError:
            continue
        raise AssertionError(text)


def prepare_tells_kinds_of_entries():
    def kind(entry, source='def f(): return 1\n'):
        return prepare(json.dumps({'source': source, 'entry': entry, 'seed': 0, 'input': {}, 'calls': []}).encode())[2]

    main = sys.modules['__main__']
    try:
        assert kind({'script': True}) == 'script'
        assert kind({'call': 'f()'}) == 'call'
        assert kind({'call': 'f'}) == 'expression'
        assert kind({'main': True}, 'def f():  ' + ENTRY_MARK + '\n    pass\n') == 'main'
    finally:
        sys.modules['__main__'] = main


def prepare_call_takes_what_compiles():
    main = sys.modules['__main__']
    try:
        namespace, code, kind, pair, *_ = prepare_call('k = 2\ndef f(a): return a\n'.encode(), "(f, ([k, 'ü'],))".encode(), b'00')
        assert prepare_call(b'k = 2\n', b'(f, (,))', b'00') == ()
        assert prepare_call(b'k =\n', b'(f, (1 2,))', b'00') == ()
        assert kind == 'plain call'
        exec(code, namespace)
        callee, args = eval(pair, namespace)
        assert callee is namespace['f'] and args == ([2, 'ü'],)
        try:
            prepare_call(b'k =\n', b'(f, ())', b'07')
        except SyntaxError:
            return
        raise AssertionError
    finally:
        sys.modules['__main__'] = main


def prepare_does_not_pass_its_own_future_on():
    source = 'def f(x: 1): pass\n'
    main = sys.modules['__main__']
    try:
        namespace, code, *_ = prepare(json.dumps({'source': source, 'entry': {'script': True}, 'seed': 0, 'input': {}, 'calls': []}).encode())
    finally:
        sys.modules['__main__'] = main
    exec(code, namespace)
    assert namespace['f'].__annotations__ == {'x': 1}
    assert namespace['__name__'] == '__main__'


def literal_reads_literals_only():
    assert literal("[1, 'ü', {2: (None, True)}]".encode()) == [1, 'ü', {2: (None, True)}]
    for text in ('f()', 'x', '[].append(1)', '', '1 +'):
        try:
            literal(text.encode())
        except Exception:
            continue
        raise AssertionError(text)


CASES = [
    marked_function_reads_its_name,
    marked_function_counts_lines_as_python_does,
    split_call_evaluates_once_and_in_order,
    split_call_knows_what_is_no_call,
    bind_input_follows_the_signature,
    bind_input_takes_literals_only,
    prepare_tells_kinds_of_entries,
    prepare_call_takes_what_compiles,
    prepare_does_not_pass_its_own_future_on,
    literal_reads_literals_only,
]
for case in CASES:
    try:
        case()
        print('ok', case.__name__)
    except BaseException as error:
        print('failed', case.__name__, repr(error))
