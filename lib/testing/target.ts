import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Cloud, Machine as CloudMachine } from '../cloud/cloud';
import { findMachine } from '../cloud/find-in-cloud';
import { DEFAULT_REGION } from '../cloud/stack';
import { readAssembly } from '../cloud/read-assembly';
import { parse } from '../asl/parse';
import { isYamlDefinition, readYamlDefinition } from '../asl/read-yaml-definition';
import type { StateMachine, StateMachineType } from '../asl/types';
import type { Machine } from '../simulator/execution';
import { compile } from '../simulator/compile';
import { SimulatorError } from '../simulator/simulator-error';
import { type OptionNames, refuseAll, unknownOptions } from './check-options';
import { type ConstructLike, isConstruct } from './construct';

/** What can be simulated: a construct or stack that has one state machine, a machine of a cloud assembly, or a definition as text (JSON or YAML) or value. */
export type SimulationTarget = ConstructLike | AssemblyMachine | DefinitionLike;

/** A state machine in a cloud assembly on disk. */
export interface AssemblyMachine {
  /** Directory of the assembly: `cdk.out`. */
  readonly assembly: string;
  /** Name, ARN, logical id or construct path of the machine. @default - the only one there is */
  readonly machine?: string;
}

/** A definition: a JSON value with `StartAt` and `States`, or its text. Text that does not begin with `{` is YAML. */
export type DefinitionLike = string | { readonly StartAt: unknown; readonly States: unknown };

const EMPTY: Cloud = { machines: [], functions: [], tables: [], connections: [], resources: [] };

/** Account of the executions of a bare definition. */
const ACCOUNT = '123456789012';

const assemblies = new WeakMap<object, Cloud>();
const directories = new Map<string, { readonly changedMs: number; readonly cloud: Cloud }>();
/** Of each kind: a process that synthesizes again and again does not keep all it has ever seen. */
const MAX_REMEMBERED = 200;
/** By type and text. */
const machines = new Map<string, StateMachine>();
/** Of the definitions that came out of a target: their text does not say it. */
const types = new WeakMap<object, StateMachineType>();

/** The cloud that a target belongs to; that of a definition is empty. An app is synthesized once. */
export function cloudOf(target: SimulationTarget): Cloud {
  if (isConstruct(target)) return synthesized(target);
  if (!isAssembly(target)) return EMPTY;
  refuseAll(unknownOptions(target, ASSEMBLY_FIELDS, '{ assembly: … }'));
  return read(target.assembly);
}

/** A definition as somebody wrote it, and the type of its workflow. */
export interface Source {
  /** JSON text, or a value. */
  readonly definition: unknown;
  readonly type: StateMachineType;
}

/**
 * What a target's definition is read from.
 * @param target a `SimulationTarget`; anything else is taken for a definition, of which `parse` says what is wrong
 * @param type of a definition; a construct and a machine of an assembly have theirs
 * @throws DefinitionError for faults in YAML text
 */
export function sourceOf(target: unknown, type?: StateMachineType): Source {
  const machine = tryFindMachine(target);
  if (machine !== undefined) return sourceOfMachine(machine, type);
  if (type !== undefined && type !== 'STANDARD' && type !== 'EXPRESS')
    throw new SimulatorError(`The option type is 'STANDARD' or 'EXPRESS'; found ${JSON.stringify(type)}.`);
  return {
    definition: typeof target === 'string' ? jsonText(target) : target,
    type: type ?? (typeof target === 'object' && target !== null ? types.get(target) : undefined) ?? 'STANDARD',
  };
}

/**
 * The state machine that a target means.
 * @param type of a definition; a construct and a machine of an assembly have theirs
 * @param region of a definition
 */
export function machineOf(
  target: SimulationTarget,
  type?: StateMachineType,
  region = DEFAULT_REGION,
): { machine: Machine; definition: StateMachine } {
  const found = tryFindMachine(target);
  const source = found === undefined ? sourceOf(target, type) : sourceOfMachine(found, type);
  const definition = found === undefined ? parseSource(source) : parseOnce(source);
  const { name, arn, roleArn } = found ?? bareMachine(region);
  return { machine: { name, arn, roleArn, type: source.type, program: compile(definition) }, definition };
}

/**
 * The definition of a target's state machine: references resolved, deprecated names replaced. Fit for a snapshot. Whatever takes it
 * knows the type of the workflow that it came from: `simulate`, `check`, `validate`.
 */
export const definitionOf = (target: SimulationTarget): StateMachine => machineOf(target).definition;

/** @throws DefinitionError with every problem that AWS would refuse it for */
export function parseSource({ definition: source, type }: Source): StateMachine {
  const definition = parse(source, { type });
  types.set(definition, type);
  return definition;
}

/** An app's machine is simulated many times. */
function parseOnce(source: Source): StateMachine {
  const key = `${source.type} ${String(source.definition)}`;
  let definition = machines.get(key);
  if (definition === undefined) {
    if (machines.size === MAX_REMEMBERED) machines.clear();
    machines.set(key, (definition = parseSource(source)));
  }
  return definition;
}

/** What a bare definition runs as. */
const bareMachine = (region: string): Pick<Machine, 'name' | 'arn' | 'roleArn'> => ({
  name: 'StateMachine',
  arn: `arn:aws:states:${region}:${ACCOUNT}:stateMachine:StateMachine`,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/StateMachineRole`,
});

/** Of a construct or an assembly; undefined for a definition. @throws SimulatorError if it has none, or several */
function tryFindMachine(target: unknown): CloudMachine | undefined {
  if (isConstruct(target)) return findMachine(cloudOf(target), target.node.path);
  return isAssembly(target) ? onlyMachine(cloudOf(target), target) : undefined;
}

const ASSEMBLY_FIELDS: OptionNames<AssemblyMachine> = { assembly: true, machine: true };

function sourceOfMachine({ name, definition, type }: CloudMachine, asked: StateMachineType | undefined): Source {
  if (asked !== undefined && asked !== type)
    throw new SimulatorError(`"${name}" is a state machine of type ${type}: the option type, ${asked} here, is for definitions.`);
  return { definition, type };
}

/** YAML text that holds no object is no definition in YAML either: AWS's words are those for JSON. */
function jsonText(text: string): string {
  if (!isYamlDefinition(text)) return text;
  const json = readYamlDefinition(text);
  return json.startsWith('{') ? json : text;
}

const isAssembly = (target: unknown): target is AssemblyMachine =>
  typeof target === 'object' && target !== null && 'assembly' in target && !('States' in target);

function onlyMachine(cloud: Cloud, { assembly, machine }: AssemblyMachine): CloudMachine {
  if (machine !== undefined) return findMachine(cloud, machine);
  const [only, ...more] = cloud.machines;
  if (only !== undefined && more.length === 0) return only;
  const names = cloud.machines.map(({ name, constructPath }) => `  ${constructPath ?? name}`).join('\n');
  throw new SimulatorError(
    only === undefined ? `${assembly} has no state machine.` : `${assembly} has several state machines; say which:\n${names}`,
  );
}

/** @throws SimulatorError if there is none */
function read(directory: string): Cloud {
  if (!existsSync(join(directory, 'manifest.json')))
    throw new SimulatorError(
      `${directory} is no cloud assembly: it has no manifest.json. Name the directory that "cdk synth" writes.`,
    );
  const changedMs = statSync(join(directory, 'manifest.json')).mtimeMs;
  const known = directories.get(directory);
  if (known?.changedMs === changedMs) return known.cloud;
  const cloud = readAssembly(directory);
  if (directories.size === MAX_REMEMBERED) directories.clear();
  directories.set(directory, { changedMs, cloud });
  return cloud;
}

/** Synthesizes the whole app, as `cdk synth` would: a reference may lead to another stack. */
function synthesized(construct: ConstructLike): Cloud {
  const root = construct.node.root as { synth?: () => { directory: string } };
  const known = assemblies.get(root);
  if (known !== undefined) return known;
  if (typeof root.synth !== 'function') {
    throw new SimulatorError(
      `"${construct.node.path}" is not inside an App, so it cannot be synthesized. Create its stack in "new App()".`,
    );
  }
  const cloud = readAssembly(withoutTemplateValidation(() => root.synth?.() as { directory: string }).directory);
  assemblies.set(root, cloud);
  return cloud;
}

/** aws-cdk-lib validates every template that it synthesizes, which takes seconds and is `cdk synth`'s matter. */
function withoutTemplateValidation<T>(synthesize: () => T): T {
  const { CDK_VALIDATION: before } = process.env;
  process.env['CDK_VALIDATION'] = 'false';
  try {
    return synthesize();
  } finally {
    if (before === undefined) delete process.env['CDK_VALIDATION'];
    else process.env['CDK_VALIDATION'] = before;
  }
}
