import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { logStream } from '../../../src/cli/log-stream.ts';

function recorder() {
  const written: string[] = [];
  const target = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      written.push(text);
      done();
    },
  });
  return { written, log: logStream(target) };
}

describe('the stream of a log', () => {
  it('writes the lines of one turn together, and those of the next apart', async () => {
    const { written, log } = recorder();
    log.write('a\n');
    log.write('b\n');
    expect(written).toEqual([]);
    await setImmediate();
    log.write('c\n');
    await setImmediate();
    expect(written).toEqual(['a\nb\n', 'c\n']);
  });

  it('writes what is left when the process ends', () => {
    const { written, log } = recorder();
    const before = process.listeners('exit').at(-1);
    log.write('last\n');
    before?.(0);
    expect(written).toEqual(['last\n']);
  });
});
