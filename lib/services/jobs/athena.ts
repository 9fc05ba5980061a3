import { type JobKind, objectAt, parametersOf, textAt } from './job';

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html */
export const ATHENA_QUERY: JobKind = {
  resourceType: 'athena',
  action: 'startQueryExecution',
  parameters: parametersOf(
    ['QueryString'],
    [
      'ClientRequestToken',
      'EngineConfiguration',
      'ExecutionParameters',
      'QueryExecutionContext',
      'ResultConfiguration',
      'ResultReuseConfiguration',
      'WorkGroup',
    ],
  ),
  submit: (_, uuid) => ({ QueryExecutionId: uuid() }),
  describe: ({ request, submitted, ending, failed, startedMs, endedMs }) => {
    const id = textAt(submitted, 'QueryExecutionId');
    const { OutputLocation: location, ...configuration } = objectAt(request, 'ResultConfiguration');
    return {
      QueryExecution: {
        EngineVersion: { EffectiveEngineVersion: 'Athena engine version 3', SelectedEngineVersion: 'AUTO' },
        Query: request['QueryString'],
        QueryExecutionContext: objectAt(request, 'QueryExecutionContext'),
        QueryExecutionId: id,
        ResultConfiguration: {
          ...configuration,
          OutputLocation: typeof location === 'string' ? `${location.replace(/\/$/, '')}/${id}.csv` : undefined,
        },
        StatementType: 'DML',
        Statistics: {
          DataScannedInBytes: 0,
          EngineExecutionTimeInMillis: endedMs - startedMs,
          TotalExecutionTimeInMillis: endedMs - startedMs,
        },
        Status: {
          CompletionDateTime: endedMs,
          State: failed ? 'FAILED' : 'SUCCEEDED',
          StateChangeReason: failed ? ending.fail : undefined,
          SubmissionDateTime: startedMs,
        },
        WorkGroup: request['WorkGroup'] ?? 'primary',
      },
    };
  },
};
