import type { TransitionSystem } from '../../core/transitions.ts';
import type { Atom, Certificate, LinearForm } from './certificate.ts';
import type { State } from './system.ts';

/** Atoms of one place that are written; the rest is counted. */
const MOST_ATOMS = 12;

/** A certificate in words, with the lines of the loops that it speaks of. */
export function certificateText(certificate: Certificate, system: TransitionSystem): string {
  const lineOf = (place: number): string => {
    const at = system.heads.indexOf(place);
    return at < 0 ? 'the start' : `line ${system.lines[at]}`;
  };
  switch (certificate.kind) {
    case 'run':
      return `the run was followed to its end, through ${certificate.visits} visits of loops`;
    case 'repeated-state':
      return `the loop on ${lineOf(certificate.place)} is reached twice with ${stateText(certificate.state)}`;
    case 'recurrence-set': {
      const { place, state, set } = certificate;
      const sets = [...set].map(([head, atoms]) => `on ${lineOf(head)}: ${atomsText(atoms)}`);
      return `${lineOf(place)} is reached with ${stateText(state)}, and no step leaves these states: ${sets.join('; ')}`;
    }
    case 'ranking': {
      const { measures, invariants } = certificate;
      const falling = [...measures].map(
        ([head, forms]) => `on ${lineOf(head)}: (${forms.map(formText).join(', ')})${givenText(invariants.get(head))}`,
      );
      return falling.length === 0 ? 'there is no loop' : `each step lowers ${falling.join('; ')}`;
    }
  }
}

function givenText(atoms: readonly Atom[] | undefined): string {
  return atoms === undefined || atoms.length === 0 ? '' : `, where always ${atomsText(atoms)}`;
}

function stateText(state: State): string {
  return state.size === 0 ? 'the same state' : [...state].map(([name, value]) => `${name} = ${value}`).join(', ');
}

function atomsText(atoms: readonly Atom[]): string {
  if (atoms.length === 0) return 'anything';
  const shown = atoms.slice(0, MOST_ATOMS).map(atomText);
  const more = atoms.length - shown.length;
  return shown.join(' and ') + (more > 0 ? ` and ${more} more` : '');
}

function atomText({ form, modulus }: Atom): string {
  return modulus === undefined ? `${formText(form)} <= 0` : `(${formText(form)}) % ${modulus} == 0`;
}

/** A linear form as Python. */
function formText({ coefficients, constant }: LinearForm): string {
  let text = '';
  const add = (value: bigint, what: string) => {
    if (value === 0n) return;
    const size = value < 0n ? -value : value;
    const factor = what === '' ? `${size}` : `${size === 1n ? '' : `${size} * `}${what}`;
    if (text === '') text = value < 0n ? `-${factor}` : factor;
    else text += value < 0n ? ` - ${factor}` : ` + ${factor}`;
  };
  for (const [name, value] of coefficients) add(value, name);
  add(constant, '');
  return text === '' ? '0' : text;
}
