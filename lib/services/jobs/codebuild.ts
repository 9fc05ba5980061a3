import { type EndedJob, type Job, type JobKind, type Members, objectAt, parametersOf, textAt } from './job';

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-codebuild.html */
export const CODEBUILD_BUILD: JobKind = {
  resourceType: 'codebuild',
  action: 'startBuild',
  parameters: parametersOf(
    ['ProjectName'],
    [
      'ArtifactsOverride',
      'AutoRetryLimitOverride',
      'BuildStatusConfigOverride',
      'BuildspecOverride',
      'CacheOverride',
      'CertificateOverride',
      'ComputeTypeOverride',
      'DebugSessionEnabled',
      'EncryptionKeyOverride',
      'EnvironmentTypeOverride',
      'EnvironmentVariablesOverride',
      'FleetOverride',
      'GitCloneDepthOverride',
      'GitSubmodulesConfigOverride',
      'IdempotencyToken',
      'ImageOverride',
      'ImagePullCredentialsTypeOverride',
      'InsecureSslOverride',
      'LogsConfigOverride',
      'PrivilegedModeOverride',
      'QueuedTimeoutInMinutesOverride',
      'RegistryCredentialOverride',
      'ReportBuildStatusOverride',
      'SecondaryArtifactsOverride',
      'SecondarySourcesOverride',
      'SecondarySourcesVersionOverride',
      'ServiceRoleOverride',
      'SourceAuthOverride',
      'SourceLocationOverride',
      'SourceTypeOverride',
      'SourceVersion',
      'TimeoutInMinutesOverride',
    ],
  ),
  submit: (job, uuid) => {
    const id = `${textAt(job.request, 'ProjectName')}:${uuid()}`;
    return { Build: { ...known(job, id), BuildComplete: false, BuildStatus: 'IN_PROGRESS', CurrentPhase: 'QUEUED' } };
  },
  describe: (job) => ({
    Build: {
      ...known(job, textAt(objectAt(job.submitted, 'Build'), 'Id')),
      BuildComplete: true,
      BuildStatus: job.failed ? 'FAILED' : 'SUCCEEDED',
      CurrentPhase: 'COMPLETED',
      EndTime: job.endedMs,
      Phases: [buildPhase(job)],
    },
  }),
};

const known = ({ request, region, accountId, startedMs }: Job, id: string): Members => ({
  Arn: `arn:aws:codebuild:${region}:${accountId}:build/${id}`,
  BuildNumber: 1,
  Id: id,
  ProjectName: request['ProjectName'],
  SourceVersion: request['SourceVersion'],
  StartTime: startedMs,
});

const buildPhase = ({ ending, failed, startedMs, endedMs }: EndedJob): Members => ({
  Contexts: failed ? [{ Message: ending.fail, StatusCode: 'COMMAND_EXECUTION_ERROR' }] : [],
  DurationInSeconds: Math.round((endedMs - startedMs) / 1000),
  EndTime: endedMs,
  PhaseStatus: failed ? 'FAILED' : 'SUCCEEDED',
  PhaseType: 'BUILD',
  StartTime: startedMs,
});
