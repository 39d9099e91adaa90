import { readdirSync, readFileSync } from 'node:fs';

/** Linux tells processor time in hundredths of a second, whatever the kernel's own tick. */
const TICK_MS = 10;

/**
 * Processor time of a process, of those that descend from it and of those that were waited for, in milliseconds; null
 * where there is no `/proc`.
 */
export function processorMs(pid: number): number | null {
  if (readProc(pid, 'stat') === null) return null;
  // utime, stime, cutime, cstime are the fields 14 to 17, and the list starts with the third.
  const ticks = familyOf(pid).flatMap((one) => statFields(one)?.slice(11, 15) ?? []);
  return ticks.reduce((sum, some) => sum + Number(some) * TICK_MS, 0);
}

/**
 * A size from `/proc/PID/status` in MB (10^6 bytes), summed over a process and those that descend from it. They run the
 * same program, so the pages of files count once, for the one that holds most of them.
 *
 * @param key `VmRSS` or `VmHWM`
 * @throws Error where there is none
 */
export function memoryMb(pid: number, key: 'VmRSS' | 'VmHWM'): number {
  const states = familyOf(pid).flatMap((one) => readProc(one, 'status') ?? []);
  const kilobytes = (name: string): number[] => {
    const line = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm');
    return states.map((status) => Number(line.exec(status)?.[1] ?? 0));
  };
  const total = kilobytes(key).reduce((sum, size) => sum + size, 0);
  if (total === 0) throw new Error(`process ${pid} has no ${key}`);
  const files = kilobytes('RssFile');
  const counted = files.reduce((sum, size) => sum + size, 0) - Math.max(...files);
  return ((total - counted) * 1024) / 1e6;
}

/** A process and all that descend from it, now, children behind their parents. */
export function familyOf(pid: number): number[] {
  const family = [pid];
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((name) => [Number(name), Number(statFields(Number(name))?.[1] ?? 0)]));
  for (const parent of family) {
    for (const [child, of] of parents) if (of === parent) family.push(child);
  }
  return family;
}

/** Fields of `/proc/PID/stat` from the third on, behind the name, which may hold anything; undefined where it is gone. */
function statFields(pid: number): string[] | undefined {
  const stat = readProc(pid, 'stat');
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
