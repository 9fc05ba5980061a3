import type { Json, JsonObject } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';

/** What a model is asked. */
export interface ModelRequest {
  /** `Converse` has the same messages for all models; the body of `InvokeModel` is each model's own. */
  readonly operation: 'InvokeModel' | 'Converse';
  readonly modelId: string;
  /** Of `InvokeModel`: parsed, if it is JSON. Of `Converse`: the request in the API's own names, such as `messages` and `system`. */
  readonly body: Json;
  readonly contentType: string;
  readonly accept: string;
  /** The other parameters of `InvokeModel`: `GuardrailIdentifier`, `GuardrailVersion`, `Trace`, … */
  readonly parameters: JsonObject;
}

/** Answers in place of every model: the body of its response; of `Converse` a text, or members of the response. @param who whoever asks, in words */
export type Models = (request: ModelRequest, who: string) => unknown;

/** Nobody is a model: none is invoked outside. */
export const noModel: Models = ({ modelId }, who) => {
  throw new SimulatorError(
    `${who} invokes the model ${modelId}, and the simulator has no models. Add a fake: model('${modelId}', (body) => …).`,
  );
};

/** What bodies are, unless somebody says otherwise. */
export const JSON_TYPE = 'application/json';

/** What a model's function answers, through JSON. */
export function throughJson(answer: unknown, who: string): Json {
  const text = JSON.stringify(answer) as string | undefined;
  if (text !== undefined) return JSON.parse(text) as Json;
  throw new SimulatorError(
    `${who}: the model answered with nothing. Return the body of its response, as the model's provider documents it.`,
  );
}
