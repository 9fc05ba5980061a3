// Node.js 20 has it; TypeScript counts it to ES2024.
declare global {
  interface String {
    isWellFormed(): boolean;
  }
}

/** True for a string that UTF-8 can carry: no surrogate without its partner. */
export const isWellFormed = (text: string): boolean => text.isWellFormed();
