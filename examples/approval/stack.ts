import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  IntegrationPattern,
  QueryLanguage,
  StateMachine,
  Succeed,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** An expense is paid when somebody approves of it, by a link in an email, within two days. */
export class ApprovalStack extends Stack {
  readonly approvals: StateMachine;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const askForApproval = CallAwsService.jsonata(this, 'AskForApproval', {
      service: 'sesv2',
      action: 'sendEmail',
      iamAction: 'ses:SendEmail',
      iamResources: ['*'],
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      parameters: {
        FromEmailAddress: 'expenses@example.com',
        Destination: { ToAddresses: ['{% $states.input.approver %}'] },
        Content: {
          Simple: {
            Subject: { Data: "{% 'Expense ' & $states.input.expenseId %}" },
            Body: {
              Text: {
                Data: "{% 'https://expenses.example.com/approve?token=' & $encodeUrlComponent($states.context.Task.Token) %}",
              },
            },
          },
        },
      },
      outputs: "{% $merge([$states.input, { 'approved': $states.result.approved }]) %}",
      taskTimeout: Timeout.duration(Duration.days(2)),
    }).addCatch(Fail.jsonata(this, 'NobodyAnswered', { error: 'NobodyAnswered' }), { errors: ['States.Timeout'] });
    const isApproved = Choice.jsonata(this, 'IsApproved')
      .when(Condition.jsonata('{% $states.input.approved %}'), Succeed.jsonata(this, 'Paid'))
      .otherwise(Fail.jsonata(this, 'Rejected', { error: 'Rejected' }));
    this.approvals = new StateMachine(this, 'Approvals', {
      queryLanguage: QueryLanguage.JSONATA,
      definitionBody: DefinitionBody.fromChainable(askForApproval.next(isApproved)),
    });
  }
}
