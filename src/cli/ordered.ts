/**
 * Runs `work` on a few items at a time and yields the results in the order of the items. At most `concurrency` results
 * are under way or waiting for an earlier one.
 */
export async function* ordered<Item, Out>(
  items: AsyncIterable<Item> | Iterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<Out>,
): AsyncGenerator<Out> {
  const underWay: Promise<Out>[] = [];
  for await (const item of items) {
    const result = work(item);
    // Observed here so that a failure behind a slow item is not taken for unhandled; it is thrown in its turn.
    result.catch(() => {});
    underWay.push(result);
    if (underWay.length >= concurrency) {
      const [first] = underWay.splice(0, 1);
      if (first !== undefined) yield await first;
    }
  }
  for (const result of underWay) yield await result;
}
