import type { StructureType } from '../parameter-types';

const target: StructureType = {
  fields: {
    Arn: 'STRING',
    RoleArn: 'STRING',
    Input: 'STRING',
    DeadLetterConfig: { fields: { Arn: 'STRING' } },
    RetryPolicy: { fields: { MaximumEventAgeInSeconds: 'NUMBER', MaximumRetryAttempts: 'NUMBER' } },
    SqsParameters: { fields: { MessageGroupId: 'STRING' } },
    EventBridgeParameters: { fields: { DetailType: 'STRING', Source: 'STRING' }, required: ['DetailType', 'Source'] },
    EcsParameters: 'JSON',
    KinesisParameters: 'JSON',
    SageMakerPipelineParameters: 'JSON',
  },
  required: ['Arn', 'RoleArn'],
};

/** By action. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html */
export const SCHEDULER_PARAMETERS = {
  createSchedule: {
    fields: {
      Name: 'STRING',
      GroupName: 'STRING',
      ScheduleExpression: 'STRING',
      ScheduleExpressionTimezone: 'STRING',
      StartDate: 'STRING',
      EndDate: 'STRING',
      Description: 'STRING',
      State: 'STRING',
      KmsKeyArn: 'STRING',
      Target: target,
      FlexibleTimeWindow: { fields: { Mode: 'STRING', MaximumWindowInMinutes: 'NUMBER' }, required: ['Mode'] },
      ActionAfterCompletion: 'STRING',
      ClientToken: 'STRING',
    },
    required: ['Name', 'ScheduleExpression', 'Target', 'FlexibleTimeWindow'],
  },
  getSchedule: { fields: { Name: 'STRING', GroupName: 'STRING' }, required: ['Name'] },
  deleteSchedule: { fields: { Name: 'STRING', GroupName: 'STRING', ClientToken: 'STRING' }, required: ['Name'] },
} as const satisfies Record<string, StructureType>;
