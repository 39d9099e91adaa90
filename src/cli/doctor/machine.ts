import { availableParallelism, totalmem } from 'node:os';
import { MEBIBYTE } from '../../../core/units.ts';
import { findZ3 } from '../../../symbolic/native/find.ts';
import { findBoundary } from '../../../workers/boundary.ts';
import type { Check } from './check.ts';

const LEAST_NODE = 24;
/** Node's permission flags deny the network from this version on. */
const SEALED_NODE = 26;
/** One interpreter, one Node thread and the program's own memory, in MiB. */
const MEMORY_PER_WORKER = 400;

/** What the machine and its Node can do. */
export const MACHINE_CHECKS: readonly Check[] = [
  () => {
    const major = Number(process.versions.node.split('.', 1)[0]);
    const ok = major >= LEAST_NODE;
    return { name: 'node', ok, detail: process.version, ...(!ok && { fix: `install Node ${SEALED_NODE}` }) };
  },
  () => ({ name: 'platform', ok: null, detail: `${process.platform} ${process.arch}, ${availableParallelism()} CPUs` }),
  () => {
    const flags = process.allowedNodeEnvironmentFlags;
    const ok = flags.has('--permission') && flags.has('--allow-net');
    const detail = ok ? 'the runtime can deny files, processes and the network' : 'the network cannot be denied';
    return { name: 'permission flags', ok, detail, ...(!ok && { fix: `use Node ${SEALED_NODE}` }) };
  },
  async () => {
    const { name, detail } = await findBoundary();
    const fix = 'install bubblewrap, or allow user namespaces (sysctl user.max_user_namespaces), or use a container';
    return { name: 'boundary', ok: name === 'none' ? null : true, detail, ...(name === 'none' && { fix }) };
  },
  () => {
    const ok = typeof SharedArrayBuffer === 'function' && typeof Atomics.waitAsync === 'function';
    return {
      name: 'shared memory',
      ok,
      detail: ok ? 'SharedArrayBuffer and Atomics' : 'no SharedArrayBuffer',
      ...(!ok && { fix: 'use an unmodified Node' }),
    };
  },
  () => {
    const path = findZ3({ setting: process.env.ASSAY_Z3, searchPath: process.env.PATH });
    return { name: 'z3', ok: null, detail: path ?? 'the built-in one only' };
  },
  () => {
    const constrained = process.constrainedMemory();
    const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
    const have = Math.floor(bytes / MEBIBYTE);
    const need = MEMORY_PER_WORKER * availableParallelism();
    const ok = have >= need;
    const detail = `${have} MiB; one worker a CPU wants about ${need} MiB`;
    return { name: 'memory', ok, detail, ...(!ok && { fix: 'give fewer --workers' }) };
  },
];
