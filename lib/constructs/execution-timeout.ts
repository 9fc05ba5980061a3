import { Duration, Stack } from 'aws-cdk-lib';
import { CfnStateMachine, type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/** `TimeoutSeconds` of the machine; undefined if it has none, or if its definition is not in this app or not text. */
export function tryExecutionTimeout(stateMachine: IStateMachine): Duration | undefined {
  const resource = stateMachine.node.defaultChild;
  if (!(resource instanceof CfnStateMachine)) return undefined;
  const text = textOf(Stack.of(resource).resolve(resource.definitionString));
  const seconds = text === undefined ? undefined : tryTimeoutSeconds(text);
  return seconds === undefined ? undefined : Duration.seconds(seconds);
}

/** A text with its references replaced: they stand inside strings. */
function textOf(definition: unknown): string | undefined {
  if (typeof definition === 'string') return definition;
  const parts = (definition as { 'Fn::Join'?: [string, unknown[]] } | undefined)?.['Fn::Join']?.[1];
  return parts?.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
}

function tryTimeoutSeconds(definition: string): number | undefined {
  try {
    const { TimeoutSeconds } = JSON.parse(definition) as { TimeoutSeconds?: unknown };
    return typeof TimeoutSeconds === 'number' ? TimeoutSeconds : undefined;
  } catch {
    return undefined; // a definition that is not JSON is refused elsewhere
  }
}
