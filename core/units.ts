/** Bytes (or characters) in a mebibyte. */
export const MEBIBYTE = 1024 * 1024;
