/** Each byte of the marks stands for 2 ** GRANULE_BITS bytes of memory. */
export const GRANULE_BITS = 10;
/** Name under which the rewritten module exports the memory of its marks. */
export const MARKS_EXPORT = '__write_marks';
/** The index of that memory, after the only one that a module has. */
export const MARKS_MEMORY = 1;
/** The function that runs Python code: the module counts how often it is entered. */
export const COUNTED_EXPORT = '_PyEval_EvalFrameDefault';
/** Where in the memory of the marks it counts, a word: behind the marks of every address that a memory may have. */
export const COUNT_ADDRESS = 2 ** (32 - GRANULE_BITS) - 4;
/**
 * Name under which it exports how many pages of 64 KiB the program may take its memory to have; where the memory is
 * smaller, it sees how large it is. An instance's memory never shrinks: this is what makes each run begin with the same.
 */
export const HEAP_EXPORT = '__heap_pages';
/** A store may write so many bytes behind the end of the granule that it marks: the widest one, less a byte. */
export const STORE_OVERHANG = 7;
