/** How a Task calls a service. https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html */
export type IntegrationPattern = 'requestResponse' | 'sync' | 'sync:2' | 'waitForTaskToken';

const CALL = ['requestResponse'] as const;
const JOB = ['requestResponse', 'sync'] as const;
const CALLBACK = ['requestResponse', 'waitForTaskToken'] as const;
const JOB_OR_CALLBACK = ['requestResponse', 'sync', 'waitForTaskToken'] as const;

/**
 * All optimised integrations: the service as it stands in `Resource`, its actions, and the patterns of each. CreateStateMachine
 * refuses every other one, also of the same service (recorded: `arn:aws:states:::dynamodb:query`); `aws-sdk:` calls the rest.
 *
 * Services and patterns: https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html; actions: the page of each
 * service, which that one links to. Where those give a pattern to a service and not to its actions, all of them have it.
 */
export const OPTIMISED_INTEGRATIONS: Readonly<Record<string, Readonly<Record<string, readonly IntegrationPattern[]>>>> = {
  apigateway: { invoke: CALLBACK },
  athena: { startQueryExecution: JOB, stopQueryExecution: CALL, getQueryExecution: CALL, getQueryResults: CALL },
  batch: { submitJob: JOB },
  bedrock: { invokeModel: CALLBACK, createModelCustomizationJob: JOB_OR_CALLBACK },
  bedrockagentcore: { invokeHarness: CALL },
  codebuild: {
    startBuild: JOB,
    stopBuild: CALL,
    batchDeleteBuilds: CALL,
    batchGetReports: CALL,
    startBuildBatch: JOB,
    stopBuildBatch: CALL,
    retryBuildBatch: JOB,
    deleteBuildBatch: CALL,
  },
  databrew: { startJobRun: JOB },
  dynamodb: { getItem: CALL, putItem: CALL, updateItem: CALL, deleteItem: CALL },
  ecs: { runTask: JOB_OR_CALLBACK },
  eks: {
    call: CALLBACK,
    runJob: JOB_OR_CALLBACK,
    createCluster: JOB_OR_CALLBACK,
    deleteCluster: JOB_OR_CALLBACK,
    createFargateProfile: JOB_OR_CALLBACK,
    deleteFargateProfile: JOB_OR_CALLBACK,
    createNodegroup: JOB_OR_CALLBACK,
    deleteNodegroup: JOB_OR_CALLBACK,
  },
  elasticmapreduce: {
    createCluster: JOB,
    setClusterTerminationProtection: CALL,
    terminateCluster: JOB,
    addStep: JOB,
    cancelStep: CALL,
    modifyInstanceFleetByName: CALL,
    modifyInstanceGroupByName: CALL,
  },
  'emr-containers': { createVirtualCluster: CALL, deleteVirtualCluster: JOB, startJobRun: JOB },
  'emr-serverless': {
    createApplication: JOB,
    startApplication: JOB,
    stopApplication: JOB,
    deleteApplication: JOB,
    startJobRun: JOB,
    cancelJobRun: JOB,
  },
  events: { putEvents: CALLBACK },
  glue: { startJobRun: JOB },
  http: { invoke: CALL },
  lambda: { invoke: CALLBACK },
  mediaconvert: { createJob: JOB },
  sagemaker: {
    createEndpoint: CALL,
    createEndpointConfig: CALL,
    createHyperParameterTuningJob: JOB,
    createLabelingJob: JOB,
    createModel: CALL,
    createProcessingJob: JOB,
    createTrainingJob: JOB,
    createTransformJob: JOB,
    updateEndpoint: CALL,
  },
  sns: { publish: CALLBACK },
  sqs: { sendMessage: CALLBACK },
  states: { startExecution: ['requestResponse', 'sync', 'sync:2', 'waitForTaskToken'] },
};
