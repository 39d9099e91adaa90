import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify';
import { z } from 'zod';
import { misfit } from '../../core/field-errors.ts';

/** Checks a part of a request against its zod schema; every fault is named. */
export const validatorCompiler: FastifySchemaCompiler<unknown> = ({ schema }) => {
  if (!(schema instanceof z.ZodType)) return (value: unknown) => ({ value });
  return (value: unknown) => {
    const checked = schema.safeParse(value);
    return checked.success ? { value: checked.data } : { error: misfit(checked.error) };
  };
};

/**
 * Answers are written as they are: their types are checked when the program is built and their schemas by the tests,
 * and going through a correction of 16 MB once more for each answer would cost more than the replay.
 */
export const serializerCompiler: FastifySerializerCompiler<unknown> = () => (value: unknown) => JSON.stringify(value);
