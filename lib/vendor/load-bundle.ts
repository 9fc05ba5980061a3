import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Loads a library that the build has bundled. Called when the library is first needed, never at import.
 * The bundle stands beside this file in the package (`dist/lib/vendor`); run from source (Jest, tsx) it is the one the last build left.
 *
 * @param name name of the entry in `bin/vendor`, such as `dynalite`
 * @throws Error that says `npm run build` where there is no bundle
 */
export function loadBundle<T>(name: string): T {
  const file = `${name}.bundle.js`;
  const places = [join(__dirname, file), join(__dirname, '..', '..', 'dist', 'lib', 'vendor', file)];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) {
    throw new Error(
      `The bundled library "${name}" is missing: none of ${places.join(', ')} exists. Run \`npm run build\` first.`,
    );
  }
  return require(found) as T;
}
