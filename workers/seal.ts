/**
 * Why programs cannot be kept away from the machine here; undefined where they can.
 *
 * @param flags those that this Node takes
 */
export function whyNotSealed(flags: ReadonlySet<string>): string | undefined {
  if (flags.has('--permission')) return undefined;
  return 'this Node has no permission model (--permission), so that threads could read files and start processes';
}
