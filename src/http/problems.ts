import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Fault, toProblem } from '../../core/fault.ts';
import { isAbort, toFault } from './faults.ts';
import { RETRY_AFTER_S } from './options.ts';

const PROBLEM_TYPE = 'application/problem+json';

/** Answers every error as RFC 9457 problem details. */
export function installProblems(server: FastifyInstance): void {
  server.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = server.supportedMethods.filter((method) => server.hasRoute({ method, url: path }));
    if (allowed.length === 0) return answerError(new Fault('not-found', `no route ${path}`), request, reply);
    reply.header('allow', allowed.join(', '));
    const detail = `${path} takes ${allowed.join(', ')}, not ${request.method}`;
    return answerError(new Fault('method-not-allowed', detail), request, reply);
  });
}

/** Sends an error as a problem, and logs what is ours. A client that has hung up gets nothing. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isAbort(error) || reply.raw.destroyed) {
    request.log.info('the client hung up');
    return reply.hijack();
  }
  const fault = toFault(error, request.id);
  if (fault.status === 503) request.log.warn({ code: fault.code }, 'refused');
  else if (fault.status >= 500) request.log.error({ code: fault.code, err: fault.cause ?? fault }, 'failed');
  else request.log.info({ code: fault.code }, 'broken request');

  const problem = toProblem(fault);
  if (fault.status === 503 || fault.status === 429) {
    problem.retry_after_s ??= RETRY_AFTER_S;
    reply.header('retry-after', String(Math.max(1, Math.ceil(problem.retry_after_s))));
  }
  return reply.code(fault.status).type(PROBLEM_TYPE).send(problem);
}

/** Answers what is not even HTTP, and closes the connection. */
export function answerMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(
    toProblem(new Fault('invalid-request', `not an HTTP request that can be read (${error.code})`)),
  );
  socket.end(
    `HTTP/1.1 400 ${STATUS_CODES[400]}\r\ncontent-type: ${PROBLEM_TYPE}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
