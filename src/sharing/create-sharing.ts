import { join } from 'node:path';
import { cacheDirectory } from '../../workers/cache.ts';
import type { Sharing } from '../verify/truths.ts';
import { RunCache } from './run-cache.ts';
import { RunStore } from './run-store.ts';

export interface SharingOptions {
  /** Bytes of memory for runs that are kept, about; 0 keeps none. */
  readonly memoryBytes: number;
  /** The file behind it: a path, `auto` for one in the cache directory, `off` for none. */
  readonly file: string;
  readonly fileBytes: number;
  /** Is told why the file is left alone. */
  readonly onTrouble: (error: unknown) => void;
}

/** How a daemon shares runs. */
export function createSharing({ memoryBytes, file, fileBytes, onTrouble }: SharingOptions): Sharing {
  if (memoryBytes === 0) return {};
  const path = file === 'auto' ? join(cacheDirectory(), 'runs.sqlite') : file;
  const store = file === 'off' ? undefined : new RunStore({ path, maxBytes: fileBytes, onTrouble });
  return { cache: new RunCache(memoryBytes, store) };
}
