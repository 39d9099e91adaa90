import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether the system tells what processes there are, as these tests need. */
export const TELLS = existsSync('/proc/self/task');
export const WHY_NOT = 'the system has no /proc to find processes by';

function parentOf(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    // It has ended since.
    return undefined;
  }
}

function runsPrograms(pid: string): boolean {
  try {
    const [file = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return file === process.execPath && args.some((arg) => /\/sandbox-process\.[jt]s$/.test(arg));
  } catch {
    return false;
  }
}

/** Ids of the processes that run programs for a process: its descendants. */
export function sandboxesOf(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [name, parentOf(name)]),
  );
  const descends = (one: string | undefined): boolean =>
    one !== undefined && (one === String(pid) || (one !== '0' && descends(parents.get(one))));
  return [...parents.keys()].filter((one) => runsPrograms(one) && descends(parents.get(one))).map(Number);
}

/** The kernel counts in hundredths, on every platform that Node runs on. */
const TICKS_A_SECOND = 100;

/** What a process has used of the processors, in seconds; 0 where it has ended. */
export function cpuSecondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return (user + system) / TICKS_A_SECOND;
  } catch {
    return 0;
  }
}

/** Waits until something holds; throws after a minute, or as many milliseconds as are given. */
export async function until(what: () => boolean, atMost = 60_000): Promise<void> {
  for (let waited = 0; !what(); waited += 20) {
    if (waited > atMost) throw new Error('waited for too long');
    await sleep(20);
  }
}
