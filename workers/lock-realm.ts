/**
 * Takes from this thread's realm the ways to make code from strings: `eval`, `Function`, and the constructors that every
 * function leads to. A program has no object of JavaScript to start from; should it ever get one, this is where the
 * usual way on ends. Call it once everything is loaded.
 */
export function lockRealm(): void {
  const fixed = { writable: false, configurable: false };
  const refuseFor = (prototype: object): (() => never) => {
    const refuse = (): never => {
      throw new EvalError('code is not made from strings here');
    };
    // Keeps `instanceof Function` true for functions.
    Object.defineProperty(refuse, 'prototype', { value: prototype, ...fixed });
    Object.defineProperty(prototype, 'constructor', { value: refuse, ...fixed });
    return refuse;
  };
  const prototypeOf = (one: object): object => Object.getPrototypeOf(one) as object;
  refuseFor(prototypeOf(async () => {}));
  refuseFor(prototypeOf(function* () {}));
  refuseFor(prototypeOf(async function* () {}));
  const value = refuseFor(Function.prototype);
  Object.defineProperty(globalThis, 'Function', { value, ...fixed });
  Object.defineProperty(globalThis, 'eval', { value, ...fixed });
}
