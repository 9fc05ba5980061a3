import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import type { TaskCall } from '../../simulator/task-call';
import { type Api, ApiFailure } from '../api';
import { toApi, toIntegration } from '../api-model/api-names';
import { isJsonType, parsed } from '../http/endpoint';
import { type IntegratedOperation, sdkService } from '../integrations';
import { stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import type { Bucket } from '../s3/bucket';
import type { S3 } from '../s3/s3';
import { structureAction } from '../service';
import type { Service } from '../service';
import { optimisedError } from '../service-error';
import type { ServiceNames } from '../service-error';
import { JSON_TYPE, type ModelRequest, type Models, throughJson } from './model-request';
import { bedrockRuntimeApi } from './runtime-api';

/** A simulated Bedrock. */
export interface Bedrock {
  /** The runtime's API, for SDK clients. */
  readonly api: Api;
  /** `bedrock` (optimised) and `aws-sdk:bedrockruntime`. */
  readonly services: readonly Service[];
}

/**
 * Bedrock with these models: what it makes of requests and answers. `Input` and `Output` of `bedrock:invokeModel` go to the simulated S3.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html
 */
export function createBedrock(models: Models, s3: S3): Bedrock {
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
    const who = `"${call.state}"`;
    const [input, output] = [s3UriIn(parameters, 'Input'), s3UriIn(parameters, 'Output')];
    const given = get(parameters, 'Body');
    if ((input === undefined) === (given === undefined)) refuseBodies(call);
    const sent = input === undefined ? (given as Json) : await bodyAt(input, call);
    const request: ModelRequest = {
      operation: 'InvokeModel',
      modelId: stringField(parameters, 'ModelId') ?? '',
      body: typeof sent === 'string' ? (isJsonType(contentType) ? parsed(sent) : sent) : (JSON.parse(renderJson(sent)) as Json),
      contentType,
      accept,
      parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => !OWN.includes(name))),
    };
    const body = throughJson(await models(request, who), who);
    if (output === undefined) return { Body: body, ContentType: accept };
    const { bucket, key } = locate(output, call);
    const bytes = Buffer.from(typeof body === 'string' ? body : renderJson(body));
    bucketOf(bucket, call).put({ key, bytes, contentType: accept }, call.epochMs);
    return { Body: output, ContentType: accept };
  };

  const optimised: Service = {
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
  };
  const api = bedrockRuntimeApi(models);
  return { api, services: [optimised, sdkService(api, { names: SDK_NAMES, actions: SDK_ACTIONS })] };
}

/** Parameters that a `ModelRequest` has under names of its own, or that are no model's business. */
const OWN = ['ModelId', 'Body', 'Input', 'Output', 'ContentType', 'Accept'];

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
const SDK_INVOKE_MODEL: StructureType = {
  fields: {
    ModelId: 'STRING',
    Body: 'JSON',
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

const INVOKE_MODEL: StructureType = {
  fields: {
    ...SDK_INVOKE_MODEL.fields,
    Input: { fields: { S3Uri: 'STRING' }, required: ['S3Uri'] },
    Output: { fields: { S3Uri: 'STRING' }, required: ['S3Uri'] },
  },
  required: ['ModelId'],
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
const CONVERSE: StructureType = {
  fields: {
    ModelId: 'STRING',
    Messages: { list: { fields: { Role: 'STRING', Content: { list: 'JSON' } }, required: ['Role', 'Content'] } },
    System: { list: 'JSON' },
    AdditionalModelRequestFields: 'JSON',
    AdditionalModelResponseFieldPaths: { list: 'STRING' },
    GuardrailConfig: 'JSON',
    InferenceConfig: 'JSON',
    OutputConfig: 'JSON',
    PerformanceConfig: 'JSON',
    PromptVariables: 'JSON',
    RequestMetadata: { map: 'STRING' },
    ServiceTier: 'JSON',
    ToolConfig: 'JSON',
  },
  required: ['ModelId'],
};

const sdkAction = (operation: string, parameters: StructureType): IntegratedOperation => {
  const named = { api: 'bedrockruntime', operation };
  return {
    parameters,
    toRequest: (given) => toApi(named, 'input', withTextBody(given)) as JsonObject,
    toResult: (response) => toIntegration(named, 'output', response),
  };
};

/** Texts are sent as they are, all else as JSON: as recorded for the bodies of S3. */
const withTextBody = (given: JsonObject): JsonObject => {
  const body = get(given, 'Body');
  return body === undefined || typeof body === 'string' ? given : { ...given, Body: renderJson(body) };
};

const SDK_ACTIONS: Readonly<Record<string, IntegratedOperation>> = {
  invokeModel: sdkAction('InvokeModel', SDK_INVOKE_MODEL),
  converse: sdkAction('Converse', CONVERSE),
};

const SDK_NAMES: ServiceNames = {
  prefix: 'BedrockRuntime',
  service: 'BedrockRuntime',
  baseException: 'BedrockRuntimeException',
  exceptions: new Set([
    'AccessDeniedException',
    'ConflictException',
    'InternalServerException',
    'ModelErrorException',
    'ModelNotReadyException',
    'ModelTimeoutException',
    'ResourceNotFoundException',
    'ServiceQuotaExceededException',
    'ServiceUnavailableException',
    'ThrottlingException',
    'ValidationException',
  ]),
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
