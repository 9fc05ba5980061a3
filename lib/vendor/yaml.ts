import type * as Yaml from 'yaml';

/** https://eemeli.org/yaml (ISC): a dependency, loaded when the first YAML text is read. */
export const loadYaml = (): typeof Yaml => require('yaml') as typeof Yaml;
