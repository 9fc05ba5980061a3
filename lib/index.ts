/** Constructs that generate Step Functions workflows, and what belongs to running them. */
export {
  OrderProcessing,
  type OrderProcessingOptions,
  type OrderProcessingProps,
  type OwnPayment,
  type SandboxPayment,
} from './constructs/order-processing/order-processing';
export type { Order, PaymentReceipt, ProcessPaymentEvent, RefundPaymentEvent, RefundReceipt } from '../lambda/order';
export { StateMachineVersion, type StateMachineVersionProps } from './constructs/state-machine-version';
export {
  type DeployedAliasProps,
  type RoutedAliasProps,
  StateMachineAlias,
  type StateMachineAliasProps,
  type WeightedVersion,
} from './constructs/state-machine-alias';
export type { AllAtOnceDeployment, Deployment, ShiftingDeployment } from './constructs/deployment';
export { type AlarmOptions, WorkflowAlarms, type WorkflowAlarmsProps } from './constructs/workflow-alarms';
export { VersionAlarms, type VersionAlarmsProps } from './constructs/version-alarms';
export { type Entry, withEntry } from './constructs/with-entry';
