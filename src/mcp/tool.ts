import type { CallToolResult, McpServer, ServerContext, StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { Fault } from '../../core/fault.ts';
import { fieldErrors } from '../../core/field-errors.ts';
import type { Gate } from '../gate/gate.ts';
import type { Assay } from '../verify/assay.ts';
import { shorten } from './cut.ts';

/** What tools work with. */
export interface ToolServices {
  readonly engine: Pick<Assay, 'verify' | 'trace' | 'explore' | 'patch'>;
  readonly gate: Pick<Gate, 'decide'>;
  /** Words about an error that an agent or its user can do something about; undefined for all others. */
  readonly explain?: (error: unknown) => string | undefined;
  /** Is told of errors of our own. */
  readonly onInternal: (error: unknown) => void;
}

/** Who calls a tool, and until when. */
export interface ToolCall {
  readonly signal: AbortSignal;
  readonly caller?: string;
}

export interface ToolSpec<In extends z.ZodObject, Out extends z.ZodObject> {
  /** A verb and a noun, in snake case. */
  readonly name: string;
  readonly title: string;
  /** For the agent: when to call it, and what comes back. */
  readonly description: string;
  readonly input: In;
  readonly output: Out;
  /** How an agent gets what an answer leaves out. */
  readonly rest: string;
  /** Fields of the answer that are never shortened. */
  readonly whole?: readonly string[];
  /** Whether a call may leave something behind. Default false. */
  readonly writes?: boolean;
  run(input: z.output<In>, services: ToolServices, call: ToolCall): Promise<z.output<Out>>;
}

/** Adds a tool to a server. */
export type Tool = (server: McpServer, services: ToolServices, caller: string | undefined) => void;

const leftOut = {
  cut: z.array(z.string()).describe('What is too long to be here in whole, with its place.'),
  rest: z.string().nullable().describe('How to get what was left out.'),
};

/**
 * A tool: its answers are short, come as `structuredContent` and as the same JSON in text, and what goes wrong is a tool
 * error that says what to change.
 */
export function defineTool<In extends z.ZodObject, Out extends z.ZodObject>(spec: ToolSpec<In, Out>): Tool {
  const { name, title, description, input, output, rest, whole, writes = false, run } = spec;
  const config = {
    title,
    description,
    inputSchema: explaining(input),
    outputSchema: output.extend(leftOut),
    annotations: {
      title,
      readOnlyHint: !writes,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  };
  return (server, services, caller) => {
    const answer = async (given: z.output<In>, context: ServerContext): Promise<CallToolResult> => {
      const { signal } = context.mcpReq;
      try {
        const found = await run(given, services, { signal, ...(caller !== undefined && { caller }) });
        const { value, cut } = shorten(found, whole);
        const content = { ...value, cut: [...cut], rest: cut.length === 0 ? null : rest };
        return { structuredContent: content, content: [{ type: 'text', text: JSON.stringify(content) }] };
      } catch (error) {
        signal.throwIfAborted();
        return { isError: true, content: [{ type: 'text', text: wordsFor(error, services) }] };
      }
    };
    server.registerTool(name, config, answer);
  };
}

function wordsFor(error: unknown, { explain, onInternal }: ToolServices): string {
  const explained = explain?.(error);
  if (explained !== undefined) return explained;
  if (!(error instanceof Fault) || error.status === 500) {
    onInternal(error);
    return 'Assay failed on this call; its log says how. Nothing is known about what you asked.';
  }
  const { message, errors, retryAfterSeconds, status } = error;
  const again = status === 503 || status === 429 ? [`Try again in ${retryAfterSeconds ?? 1} s.`] : [];
  return [message, ...errors.map((fault) => `${fault.path}: ${fault.message}`), ...again].join('\n');
}

/** A schema whose faults are named as everywhere in Assay: each with the pointer to its place, and unions by their closest alternative. */
function explaining<Schema extends z.ZodObject>(
  schema: Schema,
): StandardSchemaWithJSON<z.input<Schema>, z.output<Schema>> {
  const standard = schema['~standard'];
  return {
    '~standard': {
      version: standard.version,
      vendor: standard.vendor,
      jsonSchema: standard.jsonSchema,
      validate: (value) => {
        const checked = schema.safeParse(value);
        if (checked.success) return { value: checked.data };
        return { issues: fieldErrors(checked.error).map(({ path, message }) => ({ message: `${path}: ${message}` })) };
      },
    },
  };
}
