/**
 * The object with more fields, each computed when it is first read and then kept. An error is thrown at every read, so that
 * what nobody reads costs nothing and harms nobody.
 */
export function lazyFields<T extends object, L extends Record<string, () => unknown>>(
  object: T,
  fields: L,
): T & { readonly [K in keyof L]: ReturnType<L[K]> } {
  for (const [name, compute] of Object.entries(fields)) {
    let known: { readonly value: unknown } | undefined;
    Object.defineProperty(object, name, { enumerable: true, get: () => (known ??= { value: compute() }).value });
  }
  return object as T & { readonly [K in keyof L]: ReturnType<L[K]> };
}
