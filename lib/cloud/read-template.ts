import type { Json } from '../json/json';
import type { Cloud } from './cloud';
import { readStacks } from './read-stacks';
import { DEFAULT_ACCOUNT, DEFAULT_REGION } from './stack';
import { parseTemplate, type Template } from './template';

/** What a bare template does not say. */
export interface TemplateOptions {
  /** Default `Stack`. */
  readonly stackName?: string;
  /** Default `123456789012`. */
  readonly account?: string;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Values of parameters by name. Default: each parameter's own Default. */
  readonly parameters?: Readonly<Record<string, Json>>;
}

/**
 * Reads one CloudFormation template, given as an object. It has no assets: a definition or code in S3 is refused when it is read.
 * @throws SimulatorError if it is not a template, with all mistakes at once
 */
export function readTemplate(template: unknown, options: TemplateOptions = {}): Cloud {
  const parsed = parseTemplate(template, 'The template');
  return readStacks([
    {
      stackName: options.stackName ?? 'Stack',
      account: options.account ?? DEFAULT_ACCOUNT,
      region: options.region ?? DEFAULT_REGION,
      template: parsed,
      constructPaths: recordedPaths(parsed),
      entries: new Map(),
      parameters: new Map(Object.entries(options.parameters ?? {})),
      assets: new Map(),
      nested: new Map(),
    },
  ]);
}

/** The construct paths that the CDK CLI writes into the metadata of a template's resources. */
export function recordedPaths(template: Template): Map<string, string> {
  return new Map(
    Object.entries(template.Resources).flatMap(([logicalId, { Metadata }]): [string, string][] => {
      const path = Metadata['aws:cdk:path'];
      return typeof path === 'string' ? [[logicalId, path]] : [];
    }),
  );
}
