/** Writes ONNX files of a few nodes (`onnx.proto3` of the ONNX project), for graphs that a test makes up. */

type Message = readonly (readonly [field: number, value: number | string | Uint8Array])[];

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) + 128);
  }
}

/** Protocol buffers' wire format: whole numbers as varints, everything else with its length before it. */
function message(fields: Message): Uint8Array {
  const parts = fields.map(([field, value]) => {
    if (typeof value === 'number') return Buffer.from([...varint(field * 8), ...varint(value)]);
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(bytes.length)]), bytes]);
  });
  return Buffer.concat(parts);
}

const FLOAT = 1;
const INT64 = 7;

/** An operation of opset 17, with attributes that are whole numbers. */
export interface GraphNode {
  readonly kind: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly settings?: Readonly<Record<string, number>>;
}

/** A tensor that goes in or comes out; a name in its shape is a size that varies. */
export interface GraphValue {
  readonly name: string;
  readonly type: 'float' | 'int64';
  readonly shape: readonly (number | string)[];
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly constants: Readonly<
    Record<string, { readonly values: readonly number[]; readonly shape: readonly number[] }>
  >;
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
}

/** The bytes of an ONNX file. Constants are 64-bit integers. */
export function onnxFile({ nodes, constants, inputs, outputs }: Graph): Uint8Array {
  const value = ({ name, type, shape }: GraphValue) => {
    const sizes = shape.map((size) => [1, message([[typeof size === 'number' ? 1 : 2, size]])] as const);
    const tensor = message([
      [1, type === 'float' ? FLOAT : INT64],
      [2, message(sizes)],
    ]);
    return message([
      [1, name],
      [2, message([[1, tensor]])],
    ]);
  };
  const node = ({ kind, inputs: from, output, settings = {} }: GraphNode) =>
    message([
      ...from.map((name) => [1, name] as const),
      [2, output],
      [4, kind],
      ...Object.entries(settings).map(
        ([name, setting]) =>
          [
            5,
            message([
              [1, name],
              [3, setting],
              [20, 2],
            ]),
          ] as const,
      ),
    ]);
  const constant = (name: string, { values, shape }: Graph['constants'][string]) =>
    message([
      ...shape.map((size) => [1, size] as const),
      [2, INT64],
      [8, name],
      [9, new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer)],
    ]);
  const graph = message([
    ...nodes.map((each) => [1, node(each)] as const),
    [2, 'graph'],
    ...Object.entries(constants).map(([name, each]) => [5, constant(name, each)] as const),
    ...inputs.map((each) => [11, value(each)] as const),
    ...outputs.map((each) => [12, value(each)] as const),
  ]);
  return message([
    [1, 8],
    [7, graph],
    [8, message([[2, 17]])],
  ]);
}
