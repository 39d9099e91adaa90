import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { fastifyZodOpenApiPlugin, fastifyZodOpenApiTransformers } from 'fastify-zod-openapi';

/**
 * `/openapi.json` (OpenAPI 3.1, made from the zod schemas of the routes) and `/docs`. Must be registered before the
 * routes.
 *
 * @param version of Assay
 */
export function installOpenApi(server: FastifyInstance, version: string): void {
  server.register(fastifyZodOpenApiPlugin);
  server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Assay',
        version,
        description: 'Tests what a neural model claims about a Python program, by replaying it.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
    },
    ...fastifyZodOpenApiTransformers,
  });
  server.register(swaggerUi, { routePrefix: '/docs' });
  server.register((scope, _options, done) => {
    scope.get('/openapi.json', { schema: { hide: true } }, () => server.swagger());
    done();
  });
}
