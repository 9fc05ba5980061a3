/** Longest payload between states, in bytes of UTF-8 JSON. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_PAYLOAD_BYTES = 256 * 1024;

/** Most iterations of an inline Map that run at once. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
export const MAX_INLINE_CONCURRENCY = 40;

/** Most children of a Map Run that run at once. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_MAP_RUN_CONCURRENCY = 10_000;

/** Longest file that a ResultWriter writes: "5 GB", read as GiB. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
export const MAX_RESULT_FILE_BYTES = 5 * 1024 ** 3;

/** Longest delay of a Wait, in seconds: 24,855 days are accepted and 24,856 refused, so 2^31 - 1 (recorded). */
export const MAX_WAIT_SECONDS = 2 ** 31 - 1;

/** Most events of a Standard execution, the last included. https://docs.aws.amazon.com/step-functions/latest/dg/bp-history-limit.html */
export const MAX_HISTORY_EVENTS = 25_000;

/**
 * Most events of an Express execution here. AWS sets none: there five minutes end an execution that goes round and round, and on a virtual
 * clock going round takes no time.
 */
export const MAX_EXPRESS_EVENTS = 1_000_000;

/**
 * Longest life of an Express execution, in seconds.
 * https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
 */
export const MAX_EXPRESS_SECONDS = 300;

/**
 * Longest life of a Standard execution, in seconds: "1 year", read as 366 days, which is also the most that MaxDelaySeconds may be.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_EXECUTION_SECONDS = 366 * 86_400;

/** How long after its end an execution can be redriven. https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
export const REDRIVABLE_MS = 14 * 86_400_000;

/** Children that a Map Run starts in a second. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_EXPRESS_STARTS_PER_SECOND = 1_000;
export const MAX_STANDARD_STARTS_PER_SECOND = 100;

/** How often a Map Run can be redriven. https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html */
export const MAX_MAP_RUN_REDRIVES = 1_000;

/** Largest variable, and all variables of one Assign together. https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
export const MAX_VARIABLE_BYTES = 256 * 1024;

/** All variables of an execution. https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
export const MAX_VARIABLES_BYTES = 10 * 1024 * 1024;
