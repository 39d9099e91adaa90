/**
 * Works on some items at a time, in their order, and gives the results in that order.
 *
 * @throws what the first failing work throws; what is under way then is not waited for
 */
export async function mapAtOnce<Item, Out>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  const waiting = items.entries();
  async function workOn(): Promise<void> {
    for (const [index, item] of waiting) results[index] = await work(item);
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, workOn));
  return results;
}
