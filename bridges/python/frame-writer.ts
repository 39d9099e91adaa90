import type { Frame } from '../../core/frame.ts';
import { NumberList } from './number-list.ts';
import { type Ending, EVENT_CODES, VALUE, writeBlock } from './trace-block.ts';

/** Takes a block of a trace that goes on. */
export type OnBlock = (block: Uint8Array<ArrayBuffer>) => void;

/** A block ends with the frame that fills it: so many numbers, or characters of strings that it does not share. */
const BLOCK_NUMBERS = 2 ** 18;
const BLOCK_CHARACTERS = 2 ** 21;

/** Takes frames as they come and keeps them as numbers, which take less memory than objects. */
export class FrameWriter {
  readonly #onBlock: OnBlock | undefined;
  #table = new Map<string, number>();
  #numbers = new NumberList();
  #characters = 0;
  #blocks = 0;

  /** @param onBlock takes each block as soon as it is full; without it all frames are in the last */
  constructor(onBlock?: OnBlock) {
    this.#onBlock = onBlock;
  }

  /** Blocks that were given away. */
  get blocks(): number {
    return this.#blocks;
  }

  add({ event, line, function: name, scope, depth, opaque, locals, arg = '' }: Frame): void {
    const numbers = this.#numbers;
    numbers.push(EVENT_CODES.indexOf(event));
    numbers.push(line);
    this.#pushText(name);
    numbers.push(scope);
    numbers.push(depth);
    numbers.push(opaque === true ? 1 : 0);
    if (locals === undefined) {
      numbers.push(VALUE);
      this.#pushText(arg);
    } else {
      numbers.push(locals.size + 1);
      for (const [local, repr] of locals) {
        this.#pushText(local);
        this.#pushText(repr);
      }
    }
    if (numbers.length >= BLOCK_NUMBERS || this.#characters >= BLOCK_CHARACTERS) this.#giveAway();
  }

  #pushText(text: string): void {
    let at = this.#table.get(text);
    if (at === undefined) {
      at = this.#table.size;
      this.#table.set(text, at);
      this.#characters += text.length;
    }
    this.#numbers.push(at);
  }

  #giveAway(): void {
    if (this.#onBlock === undefined) return;
    this.#onBlock(writeBlock(this.#table.keys(), this.#numbers, undefined));
    this.#blocks++;
    this.#table = new Map();
    this.#numbers = new NumberList();
    this.#characters = 0;
  }

  /** The last block. */
  finish(ending: Ending): Uint8Array<ArrayBuffer> {
    return writeBlock(this.#table.keys(), this.#numbers, ending);
  }
}
