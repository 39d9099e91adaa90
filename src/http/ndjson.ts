/** Media types under which one JSON value a line is sent. */
export const NDJSON_TYPES = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'] as const;
export const NDJSON_TYPE = NDJSON_TYPES[0];

const LINE_END = 0x0a;

/** The lines of a body that hold anything, each decoded only when it is asked for. */
export function* linesOf(body: Buffer): Generator<Buffer> {
  let start = 0;
  while (start < body.length) {
    const found = body.indexOf(LINE_END, start);
    const end = found < 0 ? body.length : found;
    const line = body.subarray(start, end);
    if (!isBlank(line)) yield line;
    start = end + 1;
  }
}

/** Writes one value as a line. */
export function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
