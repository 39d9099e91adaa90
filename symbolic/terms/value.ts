/** Value of a term: an integer or a truth value. */
export type TermValue = bigint | boolean;

/** What each variable is, by its name. */
export type Assignment = ReadonlyMap<string, TermValue>;

/** The value as `core/term.ts` writes it: decimal, `true` or `false`. */
export function valueText(value: TermValue): string {
  return value.toString();
}

/** The value that a text of `core/term.ts` stands for. @throws SyntaxError where it is no decimal integer */
export function readValue(text: string): TermValue {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return BigInt(text);
}

/** Python's `//`. The divisor is not 0. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const exact = quotient * divisor === dividend;
  return !exact && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient;
}

/** Python's `%`: 0 or of the sign of the divisor, which is not 0. */
export function floorModulo(dividend: bigint, divisor: bigint): bigint {
  const rest = dividend % divisor;
  return rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest;
}
