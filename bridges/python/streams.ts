import { RunHalted } from './halt.ts';

/** The program's standard streams, on the host's side. */
export class StandardStreams {
  #stdin: Uint8Array = new Uint8Array();
  #stdinAt = 0;
  #output: Uint8Array[] = [];
  #outputSize = 0;
  #errors: Uint8Array[] = [];
  #errorSize = 0;
  #limit = 0;

  /** @param limit bytes that each of the output streams may take */
  begin(stdin: string, limit: number): void {
    this.#stdin = new TextEncoder().encode(stdin);
    this.#stdinAt = 0;
    this.#output = [];
    this.#outputSize = 0;
    this.#errors = [];
    this.#errorSize = 0;
    this.#limit = limit;
  }

  /** What the program printed so far. */
  get stdout(): string {
    return new TextDecoder().decode(Buffer.concat(this.#output));
  }

  /** How many bytes the program printed so far. */
  get printed(): number {
    return this.#outputSize;
  }

  /** What the program printed behind its first `from` bytes. */
  stdoutFrom(from: number): string {
    if (from === this.#outputSize) return '';
    return new TextDecoder().decode(Buffer.concat(this.#output).subarray(from));
  }

  /** What the program wrote to standard error so far. */
  get stderr(): string {
    return new TextDecoder().decode(Buffer.concat(this.#errors));
  }

  /** The next bytes of standard input, fewer than `size` at its end. */
  read(size: number): Uint8Array {
    const chunk = this.#stdin.subarray(this.#stdinAt, this.#stdinAt + size);
    this.#stdinAt += chunk.length;
    return chunk;
  }

  /** @throws RunHalted where the program printed more than it may */
  print(chunk: Uint8Array): void {
    this.#outputSize = this.#within(this.#outputSize + chunk.length);
    this.#output.push(chunk);
  }

  /** @throws RunHalted where the program complained more than it may */
  complain(chunk: Uint8Array): void {
    this.#errorSize = this.#within(this.#errorSize + chunk.length);
    this.#errors.push(chunk);
  }

  #within(size: number): number {
    if (size > this.#limit) throw new RunHalted('output', 'the program printed more than its output budget');
    return size;
  }
}
