/**
 * Error numbers differ between the interpreter's platform (WASI) and Linux, and show in reprs and messages of `OSError`.
 * Text of the error → WASI number and Linux number (`errno.h` of both).
 */
const NUMBERS: ReadonlyMap<string, readonly [wasi: string, linux: string]> = new Map([
  ['Bad file descriptor', ['8', '9']],
  ['Directory not empty', ['55', '39']],
  ['File exists', ['20', '17']],
  ['Invalid argument', ['28', '22']],
  ['Is a directory', ['31', '21']],
  ['No such file or directory', ['44', '2']],
  ['Not a directory', ['54', '20']],
  ['Operation not permitted', ['63', '1']],
  ['Permission denied', ['2', '13']],
]);

const SHOWN = /(Error\(|\[Errno )(\d+)(\] |, ')([A-Z][a-z ]+)/g;

/** A repr or message with the error numbers that the program would see on Linux. */
export function linuxErrors(text: string): string {
  if (!text.includes('Err')) return text;
  return text.replace(SHOWN, (whole: string, before: string, number: string, between: string, message: string) => {
    const known = NUMBERS.get(message);
    return known?.[0] === number ? `${before}${known[1]}${between}${message}` : whole;
  });
}
