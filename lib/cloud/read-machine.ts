import { readFileSync } from 'node:fs';
import { isObject, type Json, type JsonObject } from '../json/json';
import type { Machine, MachineAlias, MachineVersion } from './cloud';
import { lazyFields } from './lazy-fields';
import { messageOf } from './message-of';
import type { ResourceReader } from './resource-reader';
import { substitute } from './substitute';
import { kind } from './template';

const NOTHING: JsonObject = {};

/**
 * A state machine of a template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
 * @param all the readers of every resource, among them the machine's versions and aliases
 */
export function readMachine(reader: ResourceReader, name: string, arn: string, all: () => readonly ResourceReader[]): Machine {
  return lazyFields(
    { ...reader.location, name, arn },
    {
      type: () => {
        const type = reader.text('StateMachineType') ?? 'STANDARD';
        if (type === 'STANDARD' || type === 'EXPRESS') return type;
        throw reader.wrong('StateMachineType', 'STANDARD or EXPRESS', type);
      },
      definition: () => definitionText(reader),
      roleArn: () => {
        const roleArn = reader.text('RoleArn');
        if (roleArn !== undefined) return roleArn;
        throw reader.wrong('RoleArn', 'the ARN of a role', roleArn);
      },
      loggingConfiguration: () => reader.object('LoggingConfiguration'),
      tracingEnabled: () => {
        const enabled = reader.object('TracingConfiguration')?.Enabled;
        return enabled === true || enabled === 'true';
      },
      versions: () => all().flatMap((one) => versionOf(one, arn)),
      aliases: () => all().flatMap((one) => aliasOf(one, arn)),
    },
  );
}

function definitionText(reader: ResourceReader): string {
  const { DefinitionString, Definition, DefinitionS3Location, DefinitionSubstitutions } = reader.properties(
    'DefinitionString',
    'Definition',
    'DefinitionS3Location',
    'DefinitionSubstitutions',
  );
  const given = Object.entries({ DefinitionString, Definition, DefinitionS3Location }).filter(([, value]) => value !== undefined);
  const [source, ...more] = given as [string, Json][];
  if (source === undefined || more.length > 0) {
    const found = source === undefined ? 'none' : given.map(([key]) => key).join(', ');
    throw reader.refusal(`It needs exactly one of DefinitionString, Definition and DefinitionS3Location, and has ${found}.`);
  }
  const text = substitutions(reader, DefinitionSubstitutions, sourceText(reader, ...source));
  return checkDefinition(reader, source[0], text);
}

function sourceText(reader: ResourceReader, key: string, value: Json): string {
  if (key === 'Definition') {
    if (isObject(value)) return JSON.stringify(value);
    throw reader.wrong(key, 'an object', value);
  }
  if (key === 'DefinitionString') {
    if (typeof value === 'string') return value;
    throw reader.wrong(key, 'a text', value);
  }
  const objectKey = isObject(value) ? value.Key : undefined;
  if (typeof objectKey !== 'string') throw reader.wrong(key, 'an object with Bucket and Key', value);
  const asset = reader.stack.assets.get(objectKey);
  if (asset === undefined) {
    throw reader.refusal(
      `Its definition is the S3 object "${objectKey}", which is no asset of the assembly. ` +
        'Use DefinitionBody.fromFile, or give the simulator the definition itself.',
    );
  }
  try {
    return readFileSync(asset.path, 'utf8');
  } catch (cause) {
    throw reader.refusal(`Its definition cannot be read from ${asset.path}: ${messageOf(cause)}. Synthesize again.`);
  }
}

/** `${key}` for every key of `DefinitionSubstitutions`; what has no key stands as it is. */
function substitutions(reader: ResourceReader, given: Json | undefined, text: string): string {
  if (given === undefined) return text;
  if (!isObject(given)) throw reader.wrong('DefinitionSubstitutions', 'an object', given);
  return substitute(text, (key) => {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    if (value === undefined) return undefined;
    if (typeof value === 'object') {
      throw reader.wrong(['DefinitionSubstitutions', key], 'a text, a number or a boolean', value);
    }
    return String(value);
  });
}

function checkDefinition(reader: ResourceReader, source: string, text: string): string {
  let definition: Json;
  try {
    definition = JSON.parse(text) as Json;
  } catch (cause) {
    throw reader.refusal(
      `Its definition (${source}) is not JSON: ${messageOf(cause)}\n` +
        `  It begins: ${JSON.stringify(text.slice(0, 120))}\n  Write it as a JSON object with StartAt and States (YAML is not read).`,
    );
  }
  if (isObject(definition)) return text;
  throw reader.refusal(
    `Its definition (${source}) is not a JSON object: found ${kind(definition)}. Write it as an object with StartAt and States.`,
  );
}

function versionOf(reader: ResourceReader, machineArn: string): MachineVersion[] {
  if (reader.resource.Type !== 'AWS::StepFunctions::StateMachineVersion') return [];
  const arn = reader.tryArn();
  return arn !== undefined && arn.replace(/:\d+$/, '') === machineArn ? [{ arn }] : [];
}

function aliasOf(reader: ResourceReader, machineArn: string): MachineAlias[] {
  if (reader.resource.Type !== 'AWS::StepFunctions::StateMachineAlias') return [];
  const arn = reader.tryArn();
  const { name } = reader;
  if (arn === undefined || name === undefined || arn !== `${machineArn}:${name}`) return [];
  const deploymentPreference = reader.object('DeploymentPreference');
  const routes: readonly Json[] =
    deploymentPreference === undefined
      ? reader.list('RoutingConfiguration')
      : [{ StateMachineVersionArn: deploymentPreference.StateMachineVersionArn ?? null, Weight: 100 }];
  const routingConfiguration = routes.map((route) => {
    const { StateMachineVersionArn: version, Weight: weight } = isObject(route) ? route : NOTHING;
    if (typeof version !== 'string' || !Number.isFinite(Number(weight))) {
      throw reader.wrong('RoutingConfiguration', 'routes with StateMachineVersionArn and Weight', route);
    }
    return { StateMachineVersionArn: version, Weight: Number(weight) };
  });
  return [{ arn, name, routingConfiguration, deploymentPreference }];
}
