/**
 * A module whose only function has four i32 parameters and an i32 result and is imported and exported again: what turns a
 * JavaScript function into one that C code can call through the table. Assembled by hand from the WebAssembly core
 * specification, section 5: type, import and export sections.
 */
const IDENTITY = Uint8Array.from([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x09, 0x01, 0x60, 0x04, 0x7f, 0x7f, 0x7f, 0x7f, 0x01, 0x7f,
  0x02, 0x07, 0x01, 0x01, 0x65, 0x01, 0x66, 0x00, 0x00, 0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00,
]);
/** The same with three parameters. */
const IDENTITY_3 = Uint8Array.from([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x01, 0x60, 0x03, 0x7f, 0x7f, 0x7f, 0x01, 0x7f, 0x02,
  0x07, 0x01, 0x01, 0x65, 0x01, 0x66, 0x00, 0x00, 0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00,
]);

/** `int (*)(PyObject *, PyFrameObject *, int, PyObject *)`, a `Py_tracefunc`. */
export type TraceFunction = (object: number, frame: number, what: number, argument: number) => number;
/** `int (*)(const char *, PyObject *, void *)`, a `Py_AuditHookFunction`. */
export type AuditFunction = (event: number, args: number, data: number) => number;

function install(
  table: WebAssembly.Table,
  module: Uint8Array<ArrayBuffer>,
  callback: TraceFunction | AuditFunction,
): number {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module), { e: { f: callback } });
  const index = table.length;
  table.grow(1);
  table.set(index, instance.exports.f as WebAssembly.ExportValue);
  return index;
}

/** Puts a trace function into the table and returns its C function pointer. */
export function installTraceFunction(table: WebAssembly.Table, callback: TraceFunction): number {
  return install(table, IDENTITY, callback);
}

/** Puts an audit hook into the table and returns its C function pointer. */
export function installAuditFunction(table: WebAssembly.Table, callback: AuditFunction): number {
  return install(table, IDENTITY_3, callback);
}
