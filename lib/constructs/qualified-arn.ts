import { type IResolvable, type IResolveContext, Token } from 'aws-cdk-lib';

/**
 * The ARN of an alias, which reads as the state machine's own ARN where a policy names its resources: an execution is started through the alias,
 * but Step Functions authorizes against the unqualified ARN. The constructs of aws-cdk-lib write one and the same ARN in both places.
 * https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html · https://github.com/aws/aws-cdk/issues/30265
 */
export function qualifiedArn(aliasArn: string, stateMachineArn: string): string {
  const arn: IResolvable = {
    creationStack: [],
    resolve: (context: IResolveContext) => (isPolicy(context) ? stateMachineArn : aliasArn),
    toString: () => Token.asString(arn),
  };
  return Token.asString(arn, { displayHint: 'StateMachineAliasArn' });
}

/** `documentPath` is where the ARN is being written: `…, policyDocument, Statement, <n>, Resource, …`. */
function isPolicy({ documentPath }: IResolveContext): boolean {
  const at = documentPath.indexOf('policyDocument');
  return at !== -1 && documentPath[at + 1] === 'Statement' && documentPath[at + 3] === 'Resource';
}
