import { readFileSync } from 'node:fs';

/** Linux tells processor time in hundredths of a second, whatever the kernel's own tick. */
const TICK_MS = 10;

/** Processor time of a process and of the children that it waited for, in milliseconds; null where there is no `/proc`. */
export function processorMs(pid: number): number | null {
  const stat = readProc(pid, 'stat');
  if (stat === null) return null;
  // The name of the program, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime, stime, cutime, cstime are the fields 14 to 17, and this list starts with the third.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * TICK_MS, 0);
}

/**
 * A size from `/proc/PID/status` in MB (10^6 bytes).
 *
 * @param key `VmRSS` or `VmHWM`
 * @throws Error where there is none
 */
export function memoryMb(pid: number, key: 'VmRSS' | 'VmHWM'): number {
  const found = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(readProc(pid, 'status') ?? '');
  if (found === null) throw new Error(`process ${pid} has no ${key}`);
  return (Number(found[1]) * 1024) / 1e6;
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
