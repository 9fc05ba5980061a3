import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { SimulatorError } from '../simulator/simulator-error';
import { readAssetManifest } from './asset-manifest';
import type { Cloud } from './cloud';
import { type ConstructMetadata, readMetadata, under } from './construct-metadata';
import { messageOf } from './message-of';
import { readStacks } from './read-stacks';
import { recordedPaths } from './read-template';
import { type Asset, DEFAULT_ACCOUNT, DEFAULT_REGION, type Stack } from './stack';
import { asText, kind, own, parseTemplate, type Template } from './template';

/**
 * Reads a cloud assembly, as `cdk synth` or `App.synth()` writes it, with the assemblies of its stages and its nested stacks.
 * @param directory the directory with `manifest.json`, such as `cdk.out`
 * @throws SimulatorError if a file is missing or is not what it should be
 */
export function readAssembly(directory: string): Cloud {
  return readStacks(stacksOf(resolve(directory)));
}

function stacksOf(directory: string): Stack[] {
  const artifacts = Object.entries(readManifest(directory));
  const assets = new Map(
    artifacts.flatMap(([, artifact]) =>
      artifact.type === 'cdk:asset-manifest' ? [...readAssetManifest(readFile(directory, artifact, 'file'), directory)] : [],
    ),
  );
  return artifacts.flatMap(([id, artifact]) => {
    if (artifact.type === 'aws:cloudformation:stack') return [readStack(id, artifact, directory, assets)];
    if (artifact.type === 'cdk:cloud-assembly') return stacksOf(join(directory, fileName(directory, artifact, 'directoryName')));
    return [];
  });
}

function readManifest(directory: string): Record<string, JsonObject> {
  const path = join(directory, 'manifest.json');
  const manifest = readJson(path, 'Synthesize first: npx cdk synth, or app.synth() in a test.');
  const artifacts = isObject(manifest) ? manifest.artifacts : undefined;
  if (!isObject(artifacts)) {
    throw new SimulatorError(
      `${path} is not the manifest of a cloud assembly: expected an object of artifacts, found ${kind(artifacts)}. Synthesize again.`,
    );
  }
  return Object.fromEntries(Object.entries(artifacts).filter((entry): entry is [string, JsonObject] => isObject(entry[1])));
}

function readStack(id: string, artifact: JsonObject, directory: string, assets: ReadonlyMap<string, Asset>): Stack {
  const properties = isObject(artifact.properties) ? artifact.properties : {};
  const file = fileName(directory, artifact, 'templateFile');
  const metadata = readMetadata(
    directory,
    isObject(artifact.metadata) ? artifact.metadata : {},
    typeof artifact.additionalMetadataFile === 'string'
      ? readJson(join(directory, artifact.additionalMetadataFile), 'Synthesize again.')
      : {},
  );
  const [, account, region] = /^aws:\/\/([^/]*)\/(.*)$/.exec(asText(artifact.environment ?? null)) ?? [];
  const stack: Omit<Stack, 'template' | 'constructPaths' | 'entries' | 'nested'> = {
    stackName: typeof properties.stackName === 'string' ? properties.stackName : id,
    account: account === undefined || account === 'unknown-account' ? DEFAULT_ACCOUNT : account,
    region: region === undefined || region === 'unknown-region' ? DEFAULT_REGION : region,
    directory,
    parameters: new Map(),
    assets,
  };
  return withNestedStacks(stack, file, metadata);
}

/** The stack with its template, and the stacks whose templates its own names. */
function withNestedStacks(
  outline: Omit<Stack, 'template' | 'constructPaths' | 'entries' | 'nested'>,
  file: string,
  metadata: readonly ConstructMetadata[],
): Stack {
  const path = resolve(outline.directory!, file);
  const template = parseTemplate(readJson(path, 'Synthesize again.'), path);
  const paths = new Map(metadata.map((one) => [one.logicalId, one.path]));
  const children = nestedTemplates(template, outline.assets).map(({ logicalId, asset }) => {
    // The construct of a nested stack is a sibling of the scope that holds its AWS::CloudFormation::Stack.
    const prefix = paths.get(logicalId)?.replace(/\.NestedStack\/[^/]*$/, '');
    return { logicalId, asset, inside: prefix === undefined ? [] : metadata.filter((one) => under(prefix, one.path)) };
  });
  const nestedMetadata = new Set(children.flatMap((child) => child.inside));
  const own = metadata.filter((one) => !nestedMetadata.has(one));
  const nested = new Map<string, Stack>();
  const stack: Stack = {
    ...outline,
    template,
    constructPaths: new Map([...recordedPaths(template), ...own.map((one): [string, string] => [one.logicalId, one.path])]),
    entries: new Map(own.flatMap(({ logicalId, entry }) => (entry === undefined ? [] : [[logicalId, entry] as const]))),
    nested,
  };
  for (const { logicalId, asset, inside } of children) {
    const child = { ...outline, stackName: `${stack.stackName}-${logicalId}`, parent: { stack, logicalId } };
    nested.set(logicalId, withNestedStacks(child, asset.path, inside));
  }
  return stack;
}

/** The nested stacks whose TemplateURL ends in the object key of an asset. */
function nestedTemplates(template: Template, assets: ReadonlyMap<string, Asset>): { logicalId: string; asset: Asset }[] {
  return Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
    if (resource.Type !== 'AWS::CloudFormation::Stack') return [];
    const url = texts(own(resource.Properties, 'TemplateURL') ?? null).at(-1) ?? '';
    const asset = [...assets].find(([objectKey]) => url.endsWith(`/${objectKey}`))?.[1];
    return asset === undefined ? [] : [{ logicalId, asset }];
  });
}

/** Every text inside a value, in order. */
const texts = (value: Json): string[] =>
  typeof value === 'string' ? [value] : isArray(value) || isObject(value) ? Object.values(value).flatMap(texts) : [];

function fileName(directory: string, artifact: JsonObject, property: string): string {
  const properties = isObject(artifact.properties) ? artifact.properties : {};
  const name = properties[property];
  if (typeof name === 'string') return name;
  throw new SimulatorError(
    `${join(directory, 'manifest.json')}: an artifact of type ${kind(artifact.type)} needs the property ${property}, ` +
      `found ${kind(name)}. Synthesize again.`,
  );
}

const readFile = (directory: string, artifact: JsonObject, property: string): Json =>
  readJson(join(directory, fileName(directory, artifact, property)), 'Synthesize again.');

function readJson(path: string, hint: string): Json {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SimulatorError(`${path} cannot be read: ${messageOf(cause)}. ${hint}`, {
      cause,
    });
  }
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new SimulatorError(`${path} is not JSON: ${messageOf(cause)}. ${hint}`, {
      cause,
    });
  }
}
