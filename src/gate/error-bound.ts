/**
 * How many failing results a population may hold, given what a sample of it showed.
 *
 * A sample of n is drawn without replacement from N results, D of which would fail; X, the failing ones in the sample,
 * is hypergeometric: P(X = k) = C(D, k) C(N − D, n − k) / C(N, n). The upper bound at confidence 1 − α is the largest D
 * under which what was seen, or less, is no rarer than α: P(X ≤ x | D) ≥ α. This is the exact bound that Clopper and
 * Pearson ("The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934) give
 * for the binomial, for a finite population: J. P. Buonaccorsi, "A note on confidence intervals for proportions in finite
 * populations", The American Statistician 41, 1987.
 *
 * @param population N
 * @param sample n, at most N
 * @param failed x, at most n
 * @param confidence 1 − α, in (0, 1)
 * @returns D, from `failed` up to `population - sample + failed`
 */
export function mostFailing(population: number, sample: number, failed: number, confidence: number): number {
  const logFactorial = logFactorials(population);
  const alpha = 1 - confidence;
  // P(X ≤ x | D) falls as D grows, so the last D that is not too rare can be found by halving.
  let least = failed;
  let most = population - sample + failed;
  while (least < most) {
    const middle = least + Math.ceil((most - least) / 2);
    // Sums of logarithms are off by some 10⁻¹² here: in doubt the larger bound is the one that holds.
    if (atMost(failed, middle, population, sample, logFactorial) >= alpha * (1 - 1e-9)) least = middle;
    else most = middle - 1;
  }
  return least;
}

/** P(X ≤ x) where `failing` of the population would fail. */
function atMost(x: number, failing: number, population: number, sample: number, logFactorial: Float64Array): number {
  const logChoose = (n: number, k: number) => at(logFactorial, n) - at(logFactorial, k) - at(logFactorial, n - k);
  const all = logChoose(population, sample);
  let sum = 0;
  for (let k = Math.max(0, sample - (population - failing)); k <= Math.min(x, failing, sample); k++) {
    sum += Math.exp(logChoose(failing, k) + logChoose(population - failing, sample - k) - all);
  }
  return sum;
}

function logFactorials(upTo: number): Float64Array {
  const logs = new Float64Array(upTo + 1);
  for (let n = 2; n <= upTo; n++) logs[n] = at(logs, n - 1) + Math.log(n);
  return logs;
}

function at(numbers: Float64Array, index: number): number {
  return numbers[index] ?? Number.NaN;
}
