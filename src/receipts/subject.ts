import type { VerifyRequest } from '../../core/verdict.ts';
import { programOf } from '../verify/question.ts';
import { evidenceOf } from '../verify/stamp.ts';
import type { ReceiptItem, Statement } from './receipt.ts';

/** Digests of what a verdict is about, in canonical JSON (RFC 8785) with the defaults of their schemas filled in. */
export function subjectOf(request: Pick<VerifyRequest, 'program' | 'claim'>): Pick<ReceiptItem, 'program' | 'claim'> {
  return { program: evidenceOf(programOf(request)), claim: evidenceOf(request.claim) };
}

/** What a receipt should be about. */
export interface Expected {
  /** Undefined where only one item can be meant. */
  readonly id?: string;
  readonly program?: VerifyRequest['program'];
  readonly claim: VerifyRequest['claim'];
}

/** How a statement is about something else than expected: other programs, other claims, more or fewer of them. */
export function strayFrom({ items }: Statement, expected: readonly Expected[]): string | null {
  if (items.length !== expected.length) return `it has ${items.length} items, not ${expected.length}`;
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const [index, { id, ...request }] of expected.entries()) {
    const item = id === undefined ? items[index] : byId.get(id);
    const name = id ?? `item ${index}`;
    if (item === undefined) return `it says nothing of ${name}`;
    const { program, claim } = subjectOf(request);
    if (item.program !== program) return `the program of ${name} is another one`;
    if (item.claim !== claim) return `the claim of ${name} is another one`;
  }
  return null;
}
