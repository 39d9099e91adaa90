import { printable } from '../report/printable.ts';
import type { RewardFailure, RewardResponse } from '../reward/reward-request.ts';

/** What an item came to. */
export interface RewardedItem {
  readonly name: string;
  readonly reward: number | null;
  readonly status: RewardResponse['statuses'][number];
  readonly metrics: RewardResponse['metrics'][number];
  readonly detail: RewardResponse['details'][number];
  readonly failure: Omit<RewardFailure, 'index'> | null;
}

/** Writes items one after the other, and the end. */
export interface RewardReport {
  item(item: RewardedItem, index: number): string;
  end(stamp: RewardResponse['stamp'] | null): string;
}

export const REWARD_FORMATS = {
  concise: conciseReport,
  json: jsonReport,
  jsonl: (): RewardReport => ({
    item: ({ name, ...rest }, index) => `${JSON.stringify({ index, name, ...rest })}\n`,
    end: () => '',
  }),
} as const;

export const REWARD_FORMAT_NAMES = Object.keys(REWARD_FORMATS) as (keyof typeof REWARD_FORMATS)[];

/** A line an item, and the mean. */
function conciseReport(): RewardReport {
  let rewarded = 0;
  let nulls = 0;
  let sum = 0;
  return {
    item({ name, reward, status, detail, failure }) {
      if (reward === null) nulls++;
      else {
        rewarded++;
        sum += reward;
      }
      const where = detail.divergence === null ? '' : ` (${detail.divergence} at frame ${detail.frame})`;
      const why = failure === null ? (detail.reason ?? '') : `${failure.failure_class}: ${printable(failure.detail)}`;
      const number = reward === null ? 'null' : reward.toFixed(4);
      return `${printable(name)}: ${number} ${status}${where}${why === '' ? '' : ` ${why}`}\n`;
    },
    end() {
      const mean = rewarded === 0 ? 'none' : (sum / rewarded).toFixed(4);
      return `Rewarded ${rewarded} of ${rewarded + nulls} items; their mean is ${mean}.\n`;
    },
  };
}

/** One document, as `POST /v1/reward` answers. */
function jsonReport(): RewardReport {
  const items: RewardedItem[] = [];
  return {
    item(item) {
      items.push(item);
      return '';
    },
    end(stamp) {
      const document: Omit<RewardResponse, 'stamp'> & { stamp: RewardResponse['stamp'] | null } = {
        rewards: items.map(({ reward }) => reward),
        statuses: items.map(({ status }) => status),
        metrics: items.map(({ metrics }) => metrics),
        details: items.map(({ detail }) => detail),
        failures: items.flatMap(({ failure }, index) => (failure === null ? [] : [{ index, ...failure }])),
        stamp,
      };
      return `${JSON.stringify(document, null, 2)}\n`;
    },
  };
}
