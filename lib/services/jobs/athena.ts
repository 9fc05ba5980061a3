import { type JobKind, objectAt, parametersOf, repeated, textAt } from './job';

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
        ...repeated(request, ['ExecutionParameters', 'ResultReuseConfiguration']),
        EngineVersion: { EffectiveEngineVersion: 'Athena engine version 3', SelectedEngineVersion: 'AUTO' },
        Query: request['QueryString'],
        QueryExecutionContext: objectAt(request, 'QueryExecutionContext'),
        QueryExecutionId: id,
        ResultConfiguration: {
          ...configuration,
          OutputLocation: typeof location === 'string' ? `${location.replace(/\/$/, '')}/${id}.csv` : undefined,
        },
        StatementType: statementType(textAt(request, 'QueryString')),
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

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html */
function statementType(query: string): 'DDL' | 'DML' | 'UTILITY' {
  if (/^\s*(show|describe)\b/i.test(query)) return 'UTILITY';
  if (/^\s*create\s+table\b.*\bas\s*\(?\s*(select|with)\b/is.test(query)) return 'DML';
  return /^\s*(alter|create|drop|msck)\b/i.test(query) ? 'DDL' : 'DML';
}
