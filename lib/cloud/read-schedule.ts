import type { ScheduleDefinition } from '../services/scheduler/schedules';
import type { Resource } from './cloud';

/**
 * A schedule of a template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html
 */
export const readSchedule = (resource: Resource): ScheduleDefinition => ({
  arn: resource.arn ?? '',
  request: { ...resource.properties, Name: resource.name ?? '' },
});
