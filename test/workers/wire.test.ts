import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageReader, MessageWriter } from '../../workers/wire.ts';

const Message = fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }));

async function withSockets(use: (near: Socket, far: Socket) => Promise<void>): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const near = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  try {
    await use(near, far);
  } finally {
    near.destroy();
    far.destroy();
    server.close();
  }
}

/** What a writer puts on its socket. */
async function written(messages: readonly (readonly [Uint8Array, Uint8Array])[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await withSockets(async (near, far) => {
    far.on('data', (chunk: Buffer) => chunks.push(chunk));
    const writer = new MessageWriter(near);
    for (const [head, body] of messages) writer.send(head, body);
    near.end();
    await once(far, 'end');
  });
  return Buffer.concat(chunks);
}

describe('messages between the daemon and a sandbox process', () => {
  it('arrive as they were sent, in whatever chunks', async () => {
    const check = fc.asyncProperty(
      fc.array(Message, { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
      async (messages, sizes) => {
        const bytes = await written(messages);
        const got: [Buffer, Buffer][] = [];
        const reader = new MessageReader((head, body) => got.push([Buffer.from(head), Buffer.from(body)]));
        let at = 0;
        for (const size of sizes) {
          if (at >= bytes.length) break;
          reader.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(got).toEqual(messages.map(([head, body]) => [Buffer.from(head), Buffer.from(body)]));
      },
    );
    await fc.assert(check, { numRuns: 40 });
  });

  it('are refused where one says that it is larger than any', () => {
    const reader = new MessageReader(() => {});
    const lengths = Buffer.alloc(8);
    lengths.writeUInt32LE(0xffff_ffff, 4);
    expect(() => reader.push(lengths)).toThrow(/a message of 4294967303 bytes/);
  });

  it('go nowhere once the pipe is gone', async () => {
    await withSockets(async (near) => {
      near.destroy();
      await once(near, 'close');
      expect(() => new MessageWriter(near).send(Buffer.from('late'))).not.toThrow();
    });
  });
});
