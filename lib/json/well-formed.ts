/** True for a string that UTF-8 can carry: no surrogate without its partner. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
