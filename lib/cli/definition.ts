import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../asl/check';
import { tryParse } from '../asl/parse';
import type { Problem } from '../asl/problem';
import { INVALID_YAML } from '../asl/read-yaml-definition';
import type { StateMachineType } from '../asl/types';
import type { Machine } from '../cloud/cloud';
import { findMachine } from '../cloud/find-in-cloud';
import { isObject, type Json } from '../json/json';
import type { TextPosition } from '../json/text-position';
import { SimulatorError } from '../simulator/simulator-error';
import { cloudOf, type SimulationTarget } from '../testing/target';
import { readJsonFile } from './json-file';
import { UsageError } from './usage-error';

/** A definition that somebody named: a file, or a state machine of a cloud assembly. */
export interface Definition {
  /** The file as it was named, or the machine's construct path. */
  readonly name: string;
  readonly kind: 'file' | 'machine';
  readonly type: StateMachineType;
  /** Its JSON text; undefined if the file holds neither JSON nor YAML: `problemsOf` says why. */
  readonly text: string | undefined;
  /** For `simulate`. */
  readonly target: SimulationTarget;
  /** What is wrong with the file's text. */
  readonly faults: readonly LocatedProblem[];
  /** Where in the file a value stands; a machine has no file. */
  readonly locate?: (pointer: string) => TextPosition;
}

/** A problem, and where in the file. */
export interface LocatedProblem extends Problem {
  /** undefined for a machine of a cloud assembly. */
  readonly position: TextPosition | undefined;
}

/** Which definitions are meant. */
export interface DefinitionQuery {
  /** Name, ARN, logical id or construct path of a machine of the assembly. */
  readonly machine?: string | undefined;
  /** Type of the workflow in a file; machines have theirs. @default 'STANDARD' */
  readonly type?: StateMachineType | undefined;
}

/**
 * The definitions at a path: that of a file, or those of all state machines of a cloud assembly.
 * @throws UsageError if there is none, or not that machine
 */
export function readDefinitions(path: string, { machine, type }: DefinitionQuery = {}): readonly Definition[] {
  if (!isDirectory(path)) {
    if (machine !== undefined)
      throw new UsageError(`--machine names a state machine of a cloud assembly, and ${path} is no directory.`);
    return [ofFile(path, type ?? 'STANDARD')];
  }
  if (type !== undefined) throw new UsageError(`--type is for files: the machines of ${path} have theirs.`);
  if (!existsSync(join(path, 'manifest.json'))) {
    throw new UsageError(
      `${path} is no cloud assembly: it has no manifest.json. Name the directory that "cdk synth" writes, or the file of a definition.`,
    );
  }
  const cloud = cloudOf({ assembly: path });
  if (machine === undefined) {
    if (cloud.machines.length === 0) throw new UsageError(`${path} has no state machine.`);
    return cloud.machines.map((one) => ofMachine(one, path));
  }
  try {
    return [ofMachine(findMachine(cloud, machine), path)];
  } catch (error) {
    if (error instanceof SimulatorError) throw new UsageError(error.message);
    throw error;
  }
}

/** The only definition at a path. @throws UsageError as `readDefinitions`, and if there are several */
export function readDefinition(path: string, query: DefinitionQuery): Definition {
  const [only, ...more] = readDefinitions(path, query);
  if (only !== undefined && more.length === 0) return only;
  const names = [only, ...more].map((one) => `  ${one?.name}`).join('\n');
  throw new UsageError(`${path} has several state machines. Say which with --machine:\n${names}`);
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function ofFile(path: string, type: StateMachineType): Definition {
  const read = readJsonFile(path, 'a definition');
  if ('faults' in read) {
    const code = read.language === 'YAML' ? INVALID_YAML : 'INVALID_JSON_DESCRIPTION';
    const faults = read.faults.map(({ position, message }): LocatedProblem => ({
      severity: 'ERROR',
      code,
      location: undefined,
      pointer: '',
      message,
      position,
    }));
    return { name: path, kind: 'file', type, text: undefined, target: '', faults };
  }
  const { json, text, locate } = read;
  if (isObject(json) && Object.hasOwn(json, 'Resources') && !Object.hasOwn(json, 'States')) {
    throw new UsageError(`${path} is a CloudFormation template. Name the directory of its cloud assembly, such as cdk.out.`);
  }
  return { name: path, kind: 'file', type, text, target: text, faults: [], locate };
}

function ofMachine(machine: Machine, assembly: string): Definition {
  return {
    name: machine.constructPath?.replace(/\/(Resource|Default)$/, '') ?? machine.name,
    kind: 'machine',
    get type() {
      return machine.type;
    },
    get text() {
      return machine.definition;
    },
    target: { assembly, machine: machine.arn },
    faults: [],
  };
}

/**
 * What is wrong with a definition, in the order of the file, or as it was found.
 * @param severity the least that is told
 * @param inputSchema JSON Schema of the execution's input
 * @throws TypeError if it is no JSON Schema
 */
export function problemsOf(definition: Definition, severity: Problem['severity'], inputSchema?: Json): readonly LocatedProblem[] {
  const { text, type, faults, locate } = definition;
  if (text === undefined) return faults;
  const problems =
    severity === 'WARNING'
      ? check(text, { type, inputSchema })
      : tryParse(text, { type }).problems.filter((one) => one.severity === 'ERROR');
  return problems.map((problem) => ({ ...problem, position: locate?.(problem.pointer) })).sort(byPosition);
}

const byPosition = ({ position: a }: LocatedProblem, { position: b }: LocatedProblem): number =>
  a === undefined || b === undefined ? 0 : a.line === b.line ? a.column - b.column : a.line - b.line;
