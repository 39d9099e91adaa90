import type { CPython, Pointer } from './cpython.ts';

/**
 * Offsets in bytes into CPython's type objects and exceptions (wasm32), and bits of a type's flags: the same in every build
 * here. From `Include/cpython/object.h`, `Include/object.h` and `Include/cpython/pyerrors.h`.
 */
export const TYPE = {
  repr: 44,
  flags: 84,
  dict: 132,
  mro: 172,
  exceptionArgs: 12,
  heap: 1 << 9,
  longSubclass: 1 << 24,
  listSubclass: 1 << 25,
  tupleSubclass: 1 << 26,
  bytesSubclass: 1 << 27,
  unicodeSubclass: 1 << 28,
  dictSubclass: 1 << 29,
  exceptionSubclass: 1 << 30,
  typeSubclass: 1 << 31,
} as const;

/** Addresses of built-in types. */
export interface BuiltinTypes {
  readonly int: Pointer;
  readonly str: Pointer;
  readonly bytes: Pointer;
  readonly byteArray: Pointer;
  readonly list: Pointer;
  readonly tuple: Pointer;
  readonly dict: Pointer;
  readonly orderedDict: Pointer;
  readonly set: Pointer;
  readonly frozenSet: Pointer;
  readonly deque: Pointer;
  readonly memberDescriptor: Pointer;
  /** Types whose values have no parts: their repr says all. */
  readonly plain: ReadonlySet<Pointer>;
  /** Types of which only the kind is told. */
  readonly opaque: ReadonlyMap<Pointer, string>;
}

const PLAIN = [
  'PyLong',
  'PyBool',
  'PyFloat',
  'PyComplex',
  'PyUnicode',
  'PyBytes',
  'PyByteArray',
  'PyEllipsis',
  'PyRange',
];

const OPAQUE: readonly (readonly [string, string])[] = [
  ['PyFunction_Type', 'function'],
  ['PyCFunction_Type', 'function'],
  ['PyMethod_Type', 'method'],
  ['PyGen_Type', 'generator'],
  ['PyModule_Type', 'module'],
];

/** Looks the types up. `deque` has no exported name: its address comes from the image. */
export function builtinTypes(python: CPython, deque: Pointer): BuiltinTypes {
  const type = (name: string): Pointer => python.address(`${name}_Type`);
  return {
    int: type('PyLong'),
    str: type('PyUnicode'),
    bytes: type('PyBytes'),
    byteArray: type('PyByteArray'),
    list: type('PyList'),
    tuple: type('PyTuple'),
    dict: type('PyDict'),
    orderedDict: type('PyODict'),
    set: type('PySet'),
    frozenSet: type('PyFrozenSet'),
    deque,
    memberDescriptor: type('PyMemberDescr'),
    plain: new Set([...PLAIN.map(type), python.typeOf(python.address('_Py_NoneStruct'))]),
    opaque: new Map(OPAQUE.map(([name, kind]) => [python.address(name), kind])),
  };
}
