/**
 * The largest `memory_mb` of a budget, in MiB: what a program of 32 bits can use. Apart from the schema, because threads
 * that run programs load this and no library.
 */
export const MAX_MEMORY_MB = 2048;
