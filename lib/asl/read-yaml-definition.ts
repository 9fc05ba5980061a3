import { JsonError } from '../json/json-error';
import { readYaml } from '../json/read-yaml';
import { renderJson } from '../json/render-json';
import { DefinitionError } from './problem';

/** True for the text of a definition that is no JSON, which begins with `{`. A text without content is left to `parse`. */
export const isYamlDefinition = (text: string): boolean => /^\s*[^\s{]/.test(text);

/**
 * The JSON text that a definition written in YAML stands for, see `readYaml`.
 * @throws DefinitionError with every fault of the text, its line and column in front
 */
export function readYamlDefinition(text: string): string {
  try {
    return renderJson(readYaml(text, 'the definition').json);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new DefinitionError(
      error.problems.map(({ where, message }) => ({
        severity: 'ERROR',
        code: INVALID_YAML,
        location: undefined,
        pointer: '',
        message: `${where}: ${message}`,
      })),
    );
  }
}

/** Code of a fault in YAML text. Ours: Step Functions itself takes JSON only. */
export const INVALID_YAML = 'INVALID_YAML_DESCRIPTION';
