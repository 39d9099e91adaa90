import type { RewardAnswer } from '../../bench/reward-client.ts';
import type { LoadRequest } from './traffic.ts';

/** What a daemon that is too busy may say of an item. */
const BUSY: ReadonlySet<string> = new Set(['deadline', 'queue-full']);

/** What became of the requests of one phase. */
export class Tally {
  sent = 0;
  /** Honest requests that earned what they should. */
  right = 0;
  /** Hostile requests that earned less than 1, or nothing. */
  held = 0;
  /** Requests that the daemon had no time for, and said so. */
  shed = 0;
  /** Honest requests whose run the wall clock ended: they are inconclusive, which is not wrong. */
  cutOff = 0;
  /** Milliseconds of the requests that were right. */
  readonly rightMs: number[] = [];
  /** Milliseconds of all requests. */
  readonly allMs: number[] = [];
  /** What must not be, in words. */
  readonly wrong: string[] = [];

  get answered(): number {
    return this.right + this.held + this.shed + this.cutOff + this.wrong.length;
  }

  note({ expected, body }: LoadRequest, { rewards, failures, details, ms }: RewardAnswer): void {
    this.allMs.push(ms);
    const [reward] = rewards;
    const why = failures[0]?.failure_class;
    const reason = details[0]?.reason ?? null;
    if (rewards.length !== 1) this.wrong.push(`${rewards.length} rewards for one item`);
    else if (why !== undefined && BUSY.has(why)) this.shed++;
    else if (expected === undefined) this.#noteHostile(reward, body);
    else if (reward === expected) {
      this.right++;
      this.rightMs.push(ms);
    } else if (reward === null && reason === 'budget') this.cutOff++;
    else this.wrong.push(`earned ${reward} (${why ?? reason}) in place of ${expected}: ${body}`);
  }

  #noteHostile(reward: number | null | undefined, body: string): void {
    if (reward === 1) this.wrong.push(`a hostile request earned 1: ${body}`);
    else this.held++;
  }

  noteError(error: unknown): void {
    this.wrong.push(`no answer: ${error}`);
  }
}
