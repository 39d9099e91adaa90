/**
 * URL of a thread's entry beside the module that asks: the source where that is what runs, else what it was built to.
 *
 * @param source the entry's path in the source tree, with `.ts`
 * @param base `import.meta.url` of the module that asks
 */
export function moduleUrl(source: string, base: string): URL {
  return new URL(base.endsWith('.ts') ? source : source.replace(/\.ts$/, '.js'), base);
}
