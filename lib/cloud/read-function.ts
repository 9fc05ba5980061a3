import { resolve } from 'node:path';
import { statSync } from 'node:fs';
import { isObject } from '../json/json';
import type { FunctionCode, LambdaFunction } from './cloud';
import { lazyFields } from './lazy-fields';
import type { ResourceReader } from './resource-reader';

/**
 * A Lambda function of a template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
 * @param all the readers of every resource, among them the function's versions and aliases
 */
export function readFunction(
  reader: ResourceReader,
  name: string,
  arn: string,
  all: () => readonly ResourceReader[],
): LambdaFunction {
  const entry = reader.stack.entries.get(reader.logicalId);
  return lazyFields(
    { ...reader.location, name, arn, ...(entry === undefined ? {} : { entry }) },
    {
      handler: () => reader.text('Handler'),
      runtime: () => reader.text('Runtime'),
      timeoutSeconds: () => reader.number('Timeout') ?? 3,
      memorySizeMb: () => reader.number('MemorySize') ?? 128,
      environment: () => environment(reader),
      deadLetterArn: () => deadLetterArn(reader),
      code: () => code(reader),
      versions: () => all().flatMap((one) => versionOf(one, arn)),
      aliases: () => all().flatMap((one) => aliasOf(one, arn)),
    },
  );
}

function environment(reader: ResourceReader): Readonly<Record<string, string>> {
  const variables = reader.object('Environment')?.Variables ?? {};
  if (!isObject(variables)) throw reader.wrong(['Environment', 'Variables'], 'an object', variables);
  return Object.fromEntries(
    Object.entries(variables).map(([key, value]) => {
      if (typeof value === 'object') throw reader.wrong(['Environment', 'Variables', key], 'a text', value);
      return [key, String(value)];
    }),
  );
}

function deadLetterArn(reader: ResourceReader): string | undefined {
  const { TargetArn: target } = reader.object('DeadLetterConfig') ?? {};
  if (target === undefined || typeof target === 'string') return target;
  throw reader.wrong(['DeadLetterConfig', 'TargetArn'], 'a text', target);
}

function code(reader: ResourceReader): FunctionCode {
  const { ZipFile: inline, S3Key: objectKey, ImageUri: image } = reader.object('Code') ?? {};
  if (typeof inline === 'string') return { kind: 'inline', text: inline };
  if (typeof image === 'string') return { kind: 'elsewhere', reason: `Its code is the container image ${image}.` };
  if (typeof objectKey !== 'string') return { kind: 'elsewhere', reason: 'Its Code names no ZipFile, S3Key or ImageUri.' };
  const asset = reader.stack.assets.get(objectKey);
  const recorded = reader.resource.Metadata['aws:asset:path'];
  const fallback =
    typeof recorded === 'string' && reader.stack.directory !== undefined ? resolve(reader.stack.directory, recorded) : undefined;
  const path = asset?.path ?? fallback;
  if (path === undefined) {
    return { kind: 'elsewhere', reason: `Its code is the S3 object "${objectKey}", which is no asset of the assembly.` };
  }
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return { kind: 'elsewhere', reason: `Its code should be at ${path}, where nothing is.` };
  return { kind: found.isDirectory() ? 'directory' : 'zip', path };
}

function versionOf(reader: ResourceReader, functionArn: string): { arn: string; version: string }[] {
  if (reader.resource.Type !== 'AWS::Lambda::Version') return [];
  const arn = reader.tryArn();
  if (arn === undefined || !arn.startsWith(`${functionArn}:`)) return [];
  return [{ arn, version: arn.slice(functionArn.length + 1) }];
}

function aliasOf(reader: ResourceReader, functionArn: string): { arn: string; name: string; version: string }[] {
  if (reader.resource.Type !== 'AWS::Lambda::Alias') return [];
  const arn = reader.tryArn();
  if (arn === undefined || !arn.startsWith(`${functionArn}:`)) return [];
  return [{ arn, name: arn.slice(functionArn.length + 1), version: reader.text('FunctionVersion') ?? '$LATEST' }];
}
