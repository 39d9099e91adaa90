import { Readable } from 'node:stream';
import type { FastifyTypeProviderDefault } from 'fastify';
import { z } from 'zod';
import { Fault, Problem } from '../../../core/fault.ts';
import { misfit } from '../../../core/field-errors.ts';
import { VerifyRequest, VerifyResponse } from '../../../core/verdict.ts';
import type { BatchLine, ReadItem } from '../batch.ts';
import { verifyBatch } from '../batch.ts';
import { callOptions } from '../call-options.ts';
import { linesOf, NDJSON_TYPE, NDJSON_TYPES, toLine } from '../ndjson.ts';
import { validatorCompiler } from '../validation.ts';
import type { Route } from './route.ts';
import { bodyProblems } from './route.ts';

const BatchRequest = z.strictObject({ items: z.array(VerifyRequest) }).meta({ id: 'BatchRequest' });

/** What is asked of the body as a whole: a bad item is that item's error and not the batch's. */
const BatchShape = z.strictObject({ items: z.array(z.unknown()) });

const Index = z.int().min(0).describe('Position in the request, from 0.');
const Count = z.int().min(0);
const Line = z
  .union([
    VerifyResponse.extend({ index: Index }),
    z.strictObject({ index: Index, error: Problem }),
    z.strictObject({
      summary: z.strictObject({
        items: Count,
        verified: Count,
        corrected: Count,
        refuted: Count,
        incomplete: Count,
        inconclusive: Count,
        errors: Count,
      }),
    }),
  ])
  .meta({
    id: 'BatchLine',
    description: 'One line: the verdict of an item, why it got none, or the summary at the end.',
  });

/** Many claims in one request, verdicts in the order in which they are found. */
export const verifyBatchRoute: Route = (server, { assay, options }) => {
  // The whole body is taken in before the first answer goes out: a client that sends all before it reads would
  // otherwise wait for us while we wait for it.
  server.addContentTypeParser([...NDJSON_TYPES], { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  // The answer is a stream of lines and not one value of the schema, so the handler is not typed by it.
  server.withTypeProvider<FastifyTypeProviderDefault>().route({
    method: 'POST',
    url: '/v1/verify/batch',
    bodyLimit: options.batchLimit,
    validatorCompiler: (part) => {
      const schema: unknown = part.schema;
      return schema === BatchRequest ? validatorCompiler({ ...part, schema: BatchShape }) : () => true;
    },
    schema: {
      operationId: 'verifyBatch',
      summary: 'Tests many claims; answers one line an item as it is done, and a summary at the end.',
      body: {
        required: true,
        content: {
          'application/json': { schema: BatchRequest },
          [NDJSON_TYPE]: { schema: z.string().describe('One verify request a line.') },
        },
      },
      response: {
        200: { description: 'One line an item, in any order.', content: { [NDJSON_TYPE]: { schema: Line } } },
        ...bodyProblems(),
      },
    },
    handler: (request, reply) => {
      const lines = verifyBatch(assay, itemsOf(request.body, options.bodyLimit), {
        concurrency: options.batchConcurrency,
        ...callOptions(request, reply),
        requestId: request.id,
        onInternal: (error) => request.log.error({ err: error }, 'an item of a batch failed'),
      });
      return reply.type(NDJSON_TYPE).send(Readable.from(written(lines), { highWaterMark: 1 }));
    },
  });
};

/** @param limit bytes of one item, as for a single request */
function* itemsOf(body: unknown, limit: number): Generator<ReadItem> {
  if (!Buffer.isBuffer(body)) {
    for (const item of BatchShape.parse(body).items) yield () => toRequest(item);
    return;
  }
  for (const line of linesOf(body)) {
    yield () => {
      if (line.length > limit) throw new Fault('too-large', `the item is larger than ${limit} bytes`);
      return toRequest(parseLine(line));
    };
  }
}

function parseLine(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString());
  } catch {
    throw new Fault('invalid-request', 'the line is not JSON', { errors: [{ path: '', message: 'not JSON' }] });
  }
}

function toRequest(item: unknown): VerifyRequest {
  const checked = VerifyRequest.safeParse(item);
  if (!checked.success) throw misfit(checked.error);
  return checked.data;
}

async function* written(lines: AsyncGenerator<BatchLine>): AsyncGenerator<string> {
  for await (const line of lines) yield toLine(line);
}
