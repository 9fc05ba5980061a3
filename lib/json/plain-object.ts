/** True for an object literal, and for an object without a prototype: no array, no instance of a class. */
export const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isObjectPrototype(prototype);
};

/** True for the Object.prototype of any realm: a Jest test and a handler run in realms of their own. */
const isObjectPrototype = (prototype: unknown): boolean =>
  typeof prototype === 'object' &&
  prototype !== null &&
  Object.getPrototypeOf(prototype) === null &&
  Object.hasOwn(prototype, 'hasOwnProperty');
