import type { Fidelity } from '../fidelity';
import { createJobs, noJob } from './jobs';

/** The row of the services that start jobs. */
export const JOBS_FIDELITY: Fidelity = {
  service: 'Athena, Batch, CodeBuild, ECS, Glue',
  does: [
    'a job takes the virtual time and ends as `job(…)` says: with the description of it, or with States.TaskFailed and the description as cause',
    'a job whose task is aborted is stopped: `stopped` of the fake has it',
    'ECS: exit codes, and Failures as AmazonECS.Unknown; Batch: exit codes',
  ],
  gaps: [
    'nothing runs: no container, no script, no query; what a job is to leave in S3, a test puts there',
    'descriptions have what follows from the request and from `result`; those of Athena and CodeBuild have not been seen on AWS as `.sync` gives them',
    'array jobs, several tasks, retries of Batch and Glue; a request that names a queue, cluster or project that is not there',
  ],
  integrations: () => createJobs(noJob),
};
