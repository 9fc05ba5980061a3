import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Api, Caller } from '../api';
import { ApiFailure } from '../api';
import { sdkService, type IntegratedOperation } from '../integrations';
import type { Service } from '../service';
import type { ServiceNames } from '../service-error';
import { Bucket } from './bucket';
import type { ObjectSource } from './object-source';
import { s3Operations } from './operations';
import { S3_PARAMETERS } from './parameters';

/** A simulated S3. */
export interface S3 {
  readonly api: Api;
  /** `aws-sdk:s3`. S3 has no optimised integration but that of a Distributed Map. */
  readonly services: readonly Service[];
  /** Makes a bucket, unless there is one of this name. @param madeAtMs virtual time, milliseconds since 1970 */
  makeBucket(name: string, madeAtMs: number, source?: ObjectSource): void;
  /** For what reads and writes by itself: tests, models, Distributed Maps. Undefined: there is no such bucket. */
  tryBucket(name: string): Bucket | undefined;
  /** As `tryBucket`. @throws ApiFailure as S3 answers; SimulatorError if there is no bucket to compare with */
  bucket(name: string, from: Pick<Caller, 'who'>): Bucket;
}

/** A S3 without buckets. */
export function createS3(): S3 {
  const buckets = new Map<string, Bucket>();
  const bucket = (name: string, from: Pick<Caller, 'who'>): Bucket => {
    const found = buckets.get(name);
    if (found !== undefined) return found;
    if (buckets.size > 0) throw new ApiFailure('NoSuchBucket', 'The specified bucket does not exist', 404);
    throw new SimulatorError(
      `${from.who} asks for the bucket ${name}, and there is no bucket at all. Give the world one: buckets: [bucket('${name}')]; ` +
        `or simulate the stack that makes it.`,
    );
  };
  const api: Api = { name: 's3', operations: s3Operations(bucket) };
  return {
    api,
    services: [sdkService(api, { names: NAMES, actions: ACTIONS })],
    makeBucket: (name, madeAtMs, source) => {
      if (!buckets.has(name)) buckets.set(name, new Bucket(name, madeAtMs, source));
    },
    tryBucket: (name) => buckets.get(name),
    bucket,
  };
}

const NAMES: ServiceNames = {
  prefix: 'S3',
  service: 'S3',
  baseException: 'S3Exception',
  exceptions: new Set(['InvalidObjectState', 'NoSuchBucket', 'NoSuchKey', 'NoSuchUpload']),
  extendedRequestId: true,
};

/** Texts are sent as they are, all else as JSON (recorded: `false`). */
const withBody = (parameters: JsonObject): JsonObject => {
  const body = get(parameters, 'Body');
  if (body === undefined) return parameters;
  return { ...parameters, Body: Buffer.from(typeof body === 'string' ? body : renderJson(body)).toString('base64') };
};

/** The body is text in the state's result. What Step Functions makes of other bytes is not known. */
function withText(response: JsonObject): Json {
  const bytes = Buffer.from(get(response, 'Body') as string, 'base64');
  const text = bytes.toString();
  if (!Buffer.from(text).equals(bytes)) {
    throw new SimulatorError(
      'getObject reads an object whose bytes are no UTF-8, and what Step Functions makes of those is not known. Read it in a function, or add a fake.',
    );
  }
  return withTimes({ ...response, Body: text });
}

/** Whole seconds, as S3 has them, in ISO 8601. */
function withTimes(response: Json): Json {
  if (isArray(response)) return response.map(withTimes);
  if (!isObject(response)) return response;
  return Object.fromEntries(
    Object.entries(response).map(([name, value]) => [
      name,
      name === 'LastModified' && typeof value === 'number'
        ? new Date(value * 1000).toISOString().replace('.000Z', 'Z')
        : name === 'Metadata'
          ? value
          : withTimes(value),
    ]),
  );
}

const ACTIONS: Readonly<Record<keyof typeof S3_PARAMETERS, IntegratedOperation>> = {
  getObject: { parameters: S3_PARAMETERS.getObject, toResult: withText },
  headObject: { parameters: S3_PARAMETERS.headObject, toResult: withTimes },
  putObject: { parameters: S3_PARAMETERS.putObject, toRequest: withBody },
  deleteObject: { parameters: S3_PARAMETERS.deleteObject },
  deleteObjects: { parameters: S3_PARAMETERS.deleteObjects },
  copyObject: { parameters: S3_PARAMETERS.copyObject, toResult: withTimes },
  listObjectsV2: { parameters: S3_PARAMETERS.listObjectsV2, toResult: withTimes },
  listObjects: { parameters: S3_PARAMETERS.listObjects, toResult: withTimes },
  headBucket: { parameters: S3_PARAMETERS.headBucket },
};
