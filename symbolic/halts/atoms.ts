import type { TermRef } from '../../core/term.ts';
import type { TermBuilder } from '../terms/builder.ts';
import { floorModulo } from '../terms/value.ts';
import type { Atom, LinearForm } from './certificate.ts';
import type { State } from './system.ts';

/** The form as a term, with these terms for its variables. */
export function formTerm(builder: TermBuilder, form: LinearForm, values: ReadonlyMap<string, TermRef>): TermRef {
  const parts = Array.from(form.coefficients, ([name, times]) =>
    builder.apply('mul', builder.constant(times), values.get(name) ?? builder.variable(name, 'int')),
  );
  const constant = builder.constant(form.constant);
  return parts.length === 0 ? constant : builder.apply('add', ...parts, constant);
}

/** What an atom says, as a term. */
export function atomTerm(builder: TermBuilder, { form, modulus }: Atom, values: ReadonlyMap<string, TermRef>): TermRef {
  const term = formTerm(builder, form, values);
  const zero = builder.constant(0);
  if (modulus === undefined) return builder.apply('le', term, zero);
  return builder.apply('eq', builder.apply('mod', term, builder.constant(modulus)), zero);
}

export function formValue({ coefficients, constant }: LinearForm, state: State): bigint {
  let sum = constant;
  for (const [name, times] of coefficients) sum += times * (state.get(name) ?? 0n);
  return sum;
}

/** Whether an atom is true of a state. */
export function atomHolds({ form, modulus }: Atom, state: State): boolean {
  const value = formValue(form, state);
  return modulus === undefined ? value <= 0n : floorModulo(value, modulus) === 0n;
}
