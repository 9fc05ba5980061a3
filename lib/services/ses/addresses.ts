/** `"Name" <a@b.example>` → `a@b.example`. */
export const bareAddress = (address: string): string => /<([^<>]*)>\s*$/.exec(address)?.[1] ?? address.trim();

/** Checks that an address can be one, in SES's own words. `refuse` throws. */
export function checkAddress(address: string, refuse: (message: string) => never): void {
  const bare = bareAddress(address);
  if (!bare.includes('@')) refuse("Missing final '@domain'");
  if (bare.startsWith('@')) refuse('Missing local name');
  if (bare.endsWith('@')) refuse('Missing domain');
  if (/\s/.test(bare)) refuse('Local address contains control or whitespace');
}
