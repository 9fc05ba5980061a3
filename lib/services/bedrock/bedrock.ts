import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import type { TaskCall } from '../../simulator/task-call';
import { ApiFailure } from '../api';
import { isJsonType, parsed } from '../http/endpoint';
import { stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import type { Bucket } from '../s3/bucket';
import type { S3 } from '../s3/s3';
import { structureAction } from '../service';
import type { Service } from '../service';
import { optimisedError } from '../service-error';
import type { ServiceNames } from '../service-error';

/** What a model is asked. */
export interface ModelRequest {
  readonly modelId: string;
  /** Parsed, if the content type is JSON. */
  readonly body: Json;
  readonly contentType: string;
  readonly accept: string;
  /** The other parameters: `GuardrailIdentifier`, `GuardrailVersion`, `Trace`, … */
  readonly parameters: JsonObject;
}

/** Answers in place of every model: the response's body. */
export type Models = (request: ModelRequest, call: TaskCall) => unknown;

/**
 * `bedrock:invokeModel`: what it makes of parameters and answers; `Input` and `Output` go to the simulated S3.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html
 */
export function createBedrock(models: Models, s3: S3): readonly Service[] {
  const bucketOf = (name: string, { state }: TaskCall): Bucket => s3.bucket(name, { who: `"${state}"` });
  const bodyAt = async (uri: string, call: TaskCall): Promise<string> => {
    const { bucket, key } = locate(uri, call);
    const object = await bucketOf(bucket, call).get(key);
    if (object === undefined) throw new ApiFailure('NoSuchKey', 'The specified key does not exist.', 404);
    return Buffer.from(object.bytes).toString();
  };

  const invokeModel = async (parameters: JsonObject, call: TaskCall): Promise<Json> => {
    const contentType = stringField(parameters, 'ContentType') ?? JSON_TYPE;
    const accept = stringField(parameters, 'Accept') ?? JSON_TYPE;
    const [input, output] = [s3UriIn(parameters, 'Input'), s3UriIn(parameters, 'Output')];
    const given = get(parameters, 'Body');
    if ((input === undefined) === (given === undefined)) refuseBodies(call);
    const sent = input === undefined ? (given as Json) : await bodyAt(input, call);
    const request: ModelRequest = {
      modelId: stringField(parameters, 'ModelId') ?? '',
      body: typeof sent === 'string' ? (isJsonType(contentType) ? parsed(sent) : sent) : (JSON.parse(renderJson(sent)) as Json),
      contentType,
      accept,
      parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => !OWN.includes(name))),
    };
    const body = throughJson(await models(request, call), call);
    if (output === undefined) return { Body: body, ContentType: accept };
    const { bucket, key } = locate(output, call);
    const bytes = Buffer.from(typeof body === 'string' ? body : renderJson(body));
    bucketOf(bucket, call).put({ key, bytes, contentType: accept }, call.epochMs);
    return { Body: output, ContentType: accept };
  };

  return [
    {
      resourceType: 'bedrock',
      actions: {
        invokeModel: structureAction(INVOKE_MODEL, async (parameters, call) => {
          const requestId = call.uuid();
          try {
            return await invokeModel(parameters, call);
          } catch (error) {
            if (!(error instanceof ApiFailure)) throw error;
            const { code, message, statusCode } = error;
            throw optimisedError(S3_NAMES, { code, message, statusCode, requestId });
          }
        }),
      },
    },
  ];
}

/** Nobody is a model: none is invoked outside. */
export const noModel: Models = ({ modelId }, call) => {
  throw new SimulatorError(
    `"${call.state}" invokes the model ${modelId}, and the simulator has no models. Add a fake: model('${modelId}', (body) => …).`,
  );
};

const JSON_TYPE = 'application/json';

/** Parameters that a `ModelRequest` has under names of its own, or that are no model's business. */
const OWN = ['ModelId', 'Body', 'Input', 'Output', 'ContentType', 'Accept'];

const INVOKE_MODEL: StructureType = {
  fields: {
    ModelId: 'STRING',
    Body: 'JSON',
    Input: { fields: { S3Uri: 'STRING' }, required: ['S3Uri'] },
    Output: { fields: { S3Uri: 'STRING' }, required: ['S3Uri'] },
    ContentType: 'STRING',
    Accept: 'STRING',
    GuardrailIdentifier: 'STRING',
    GuardrailVersion: 'STRING',
    PerformanceConfigLatency: 'STRING',
    ServiceTier: 'STRING',
    Trace: 'STRING',
  },
  required: ['ModelId'],
};

/** S3's errors on the way, in the style of optimised integrations. */
const S3_NAMES: ServiceNames = {
  prefix: 'S3',
  service: 'Amazon S3',
  baseException: 'AmazonS3Exception',
  exceptions: new Set(['NoSuchBucket', 'NoSuchKey']),
};

function refuseBodies({ state }: TaskCall): never {
  throw new SimulatorError(
    `"${state}" invokes a model with Body and Input, or with neither; what AWS answers is not known. Give it one of them.`,
  );
}

function s3UriIn(parameters: JsonObject, field: string): string | undefined {
  const location = get(parameters, field);
  return isObject(location) ? stringField(location, 'S3Uri') : undefined;
}

function locate(uri: string, { state }: TaskCall): { readonly bucket: string; readonly key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new SimulatorError(`"${state}" names the S3Uri ${JSON.stringify(uri)}: it is s3://<bucket>/<key>. Correct it.`);
  }
  return { bucket, key };
}

/** What a model's function answers, through JSON. */
function throughJson(answer: unknown, { state }: TaskCall): Json {
  const text = JSON.stringify(answer) as string | undefined;
  if (text !== undefined) return JSON.parse(text) as Json;
  throw new SimulatorError(
    `"${state}": the model answered with nothing. Return the body of its response, as the model's provider documents it.`,
  );
}
