/** What the rounds of one figure come to. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The smallest value that is not exceeded by this share of all values (nearest rank).
 *
 * @param share in [0, 1]; 0 gives the smallest
 * @throws RangeError where there are no values
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('no values');
  return value;
}

/** @throws RangeError where there are no values */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[sorted.length >>> 1];
  const lower = sorted[(sorted.length - 1) >>> 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values');
  return (lower + upper) / 2;
}

/** @throws RangeError where there are no values */
export function summarize(values: readonly number[]): Summary {
  return { median: median(values), min: percentile(values, 0), max: percentile(values, 1) };
}

/**
 * Slope of the straight line that fits points best (least squares).
 *
 * @throws RangeError where there are not two different places
 */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = { x: mean(points.map(([x]) => x)), y: mean(points.map(([, y]) => y)) };
  const spread = points.reduce((sum, [x]) => sum + (x - middle.x) ** 2, 0);
  if (!(spread > 0)) throw new RangeError('no two different places');
  return points.reduce((sum, [x, y]) => sum + (x - middle.x) * (y - middle.y), 0) / spread;
}
