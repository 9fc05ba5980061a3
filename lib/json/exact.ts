/** True for a number that JSON text carries as it is: finite, and no integer of which JavaScript made up digits (it prints all of them below 1e21). */
export const isExact = (value: number): boolean =>
  Number.isSafeInteger(value) || (Number.isFinite(value) && (!Number.isInteger(value) || Math.abs(value) >= 1e21));
