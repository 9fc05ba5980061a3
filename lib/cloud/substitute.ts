/**
 * Replaces every `${name}` of a text by what `valueOf` gives; undefined leaves it as it stands.
 * Shared by `Fn::Sub` and `DefinitionSubstitutions`.
 */
export function substitute(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replaceAll(/\$\{([^{}]*)\}/g, (whole, name: string) => valueOf(name) ?? whole);
}
