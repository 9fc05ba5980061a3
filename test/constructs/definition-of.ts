import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** Templates and definitions have every shape there is, and a test knows which it expects. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyShape = any;

/** One resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, AnyShape>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The resources of a stack by logical id, of one type if it is given. */
export function resourcesOf(stack: Stack, type?: string): Record<string, Resource> {
  const resources = Template.fromStack(stack).toJSON().Resources as Record<string, Resource>;
  return Object.fromEntries(Object.entries(resources).filter(([, resource]) => type === undefined || resource.Type === type));
}

/** The only resource of its type. */
export function resourceOf(stack: Stack, type: string): Resource {
  const found = Object.values(resourcesOf(stack, type));
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
  return found[0]!;
}

/** A state as it stands in the definition. */
export type State = Record<string, AnyShape>;

/** The definition of the stack's only state machine, references as plausible ARNs and names. */
export function definitionOf(stack: Stack): { StartAt: string; States: Record<string, State>; [field: string]: unknown } {
  const definition = resourceOf(stack, 'AWS::StepFunctions::StateMachine').Properties.DefinitionString;
  const text = typeof definition === 'string' ? definition : definition['Fn::Join'][1].map(textOf).join('');
  return JSON.parse(text);
}

const textOf = (part: AnyShape): string => {
  if (typeof part === 'string') return part;
  if (part.Ref === 'AWS::Partition') return 'aws';
  if (part.Ref !== undefined) return part.Ref;
  return `arn:aws:lambda:eu-central-1:123456789012:function:${part['Fn::GetAtt'][0]}`;
};

/** Every state of a definition by name, those of branches too. */
export function statesOf(definition: { States: Record<string, State> }): Record<string, State> {
  return Object.entries(definition.States).reduce<Record<string, State>>(
    (all, [name, state]) => Object.assign(all, { [name]: state }, ...(state.Branches ?? []).map(statesOf)),
    {},
  );
}

/** Ids of the warnings on a construct and below. */
export function warningsOf(construct: Stack): string[] {
  return construct.node
    .findAll()
    .flatMap((node) => node.node.metadata)
    .filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => /\[ack: ([^\]]+)\]/.exec(String(data))?.[1] ?? String(data));
}
