import { setTimeout as sleep } from 'node:timers/promises';
import type { RewardClient } from '../../bench/reward-client.ts';
import { Tally } from './tally.ts';
import type { LoadRequest } from './traffic.ts';

/** How often requests that are due are sent, in milliseconds. */
const TICK_MS = 5;

async function send(client: RewardClient, request: LoadRequest, tally: Tally): Promise<void> {
  tally.sent++;
  await client.ask(request.body).then(
    (answer) => tally.note(request, answer),
    (error: unknown) => tally.noteError(error),
  );
}

/** Sends as fast as answers come, this many at one time. @returns requests a second, and what became of them */
export async function saturate(
  client: RewardClient,
  requests: Iterator<LoadRequest, never>,
  { seconds, concurrency }: { readonly seconds: number; readonly concurrency: number },
): Promise<{ rate: number; tally: Tally }> {
  const tally = new Tally();
  const start = performance.now();
  const lane = async () => {
    while (performance.now() - start < seconds * 1000) await send(client, requests.next().value, tally);
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return { rate: (tally.answered / (performance.now() - start)) * 1000, tally };
}

/** Something that is done once, at a time. */
export interface Incident {
  /** Seconds from the start. */
  readonly at: number;
  readonly strike: () => LoadRequest | undefined;
}

/**
 * Sends at a steady rate, whether or not answers come, and waits for every answer. An incident may send a request of its
 * own.
 *
 * @param rate requests a second
 */
export async function offer(
  client: RewardClient,
  requests: Iterator<LoadRequest, never>,
  {
    rate,
    seconds,
    incidents,
  }: { readonly rate: number; readonly seconds: number; readonly incidents: readonly Incident[] },
): Promise<Tally> {
  const tally = new Tally();
  const underWay = new Set<Promise<void>>();
  const launch = (request: LoadRequest) => {
    const sent: Promise<void> = send(client, request, tally).finally(() => underWay.delete(sent));
    underWay.add(sent);
  };
  const waiting = incidents.toSorted((a, b) => a.at - b.at);
  const start = performance.now();
  let offered = 0;
  for (let elapsed = 0; elapsed < seconds; elapsed = (performance.now() - start) / 1000) {
    for (; offered < elapsed * rate; offered++) launch(requests.next().value);
    while (waiting[0] !== undefined && waiting[0].at <= elapsed) {
      const request = waiting.shift()?.strike();
      if (request !== undefined) launch(request);
    }
    await sleep(TICK_MS);
  }
  await Promise.all(underWay);
  return tally;
}
