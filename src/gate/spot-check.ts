import { createHmac } from 'node:crypto';

/**
 * Which results a spot check looks at: those whose HMAC-SHA256 of the id under the seed is least, so that the same ids
 * and seed always choose the same, and nobody without the seed can tell which. The count is the share, rounded up, and
 * at least 1.
 *
 * @param share in (0, 1]
 */
export function chooseForSpotCheck(ids: readonly string[], share: number, seed: string): ReadonlySet<string> {
  const ranked = ids.map((id) => ({ id, rank: createHmac('sha256', seed).update(id).digest('hex') }));
  ranked.sort((a, b) => (a.rank < b.rank || (a.rank === b.rank && a.id < b.id) ? -1 : 1));
  // A product such as 0.07 * 100 lies a little above the whole number that is meant.
  const count = Math.min(ids.length, Math.max(1, Math.ceil(share * ids.length - 1e-9)));
  return new Set(ranked.slice(0, count).map(({ id }) => id));
}
