import { combineServices } from '../../lib/services/combine-services';
import type { Service } from '../../lib/services/service';
import { SimulatorError } from '../../lib/simulator/simulator-error';
import { StatesError } from '../../lib/simulator/states-error';
import type { Json } from '../../lib/json/json';
import { callOf } from './call-of';

/** What a service's own suite hands in. */
export interface ServiceCases {
  /** A fresh service, the same each time. */
  readonly create: () => Promise<Service> | Service;
  readonly succeeding: Made;
  /** A call that the service itself refuses; undefined: none is possible. */
  readonly failing: Made & { readonly error: string; readonly cause: RegExp };
  /** Parameters with which Step Functions does not start the Task; undefined: it takes any. */
  readonly malformed?: { readonly action: string; readonly parameters: Json; readonly problems: readonly string[] };
}

interface Made {
  readonly action: string;
  readonly parameters: Json;
  /** Where the Resource is no integration's name, but what is called. */
  readonly resource?: string;
}

/** What holds for every service. */
export function describeService(resourceType: string, { create, succeeding, failing, malformed }: ServiceCases): void {
  const service = async () => combineServices([await create()]);
  const called = ({ action, parameters, resource }: Made) =>
    callOf(resourceType, action, parameters, resource === undefined ? {} : { resource });
  const perform = async (made: Made) => (await service()).perform(called(made)).value;

  describe(`as every service, ${resourceType}`, () => {
    test('has the resource type of its integration', async () => {
      expect((await create()).resourceType).toBe(resourceType);
    });

    test('refuses an unknown action by name, and says what to do', async () => {
      const call = callOf(resourceType, 'paintItBlack', {});
      const { perform, problems } = await service();
      const message = new RegExp(
        `"Ask" calls .*paintItBlack, but .*"${resourceType}" has no action "paintItBlack".*${succeeding.action}.*Add a fake: service\\(.*The request: {}$`,
      );
      expect(() => perform(call)).toThrow(SimulatorError);
      expect(() => perform(call)).toThrow(message);
      expect(() => problems(call)).toThrow(message);
    });

    test('answers JSON', async () => {
      const value = await perform(succeeding);
      expect(value).toEqual(JSON.parse(JSON.stringify(value)));
    });

    test('answers the same to the same call in the same world', async () => {
      expect(JSON.stringify(await perform(succeeding))).toBe(JSON.stringify(await perform(succeeding)));
    });

    test('takes no virtual time', async () => {
      const answer = (await service()).perform(called(succeeding));
      await answer.value;
      expect(answer.durationMs).toBe(0);
    });

    test('fails with an Error Output in AWS style', async () => {
      const error = await perform(failing).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StatesError);
      expect(error).toMatchObject({ error: failing.error, errorCause: expect.stringMatching(failing.cause) as unknown });
    });

    if (malformed !== undefined) {
      test('says what Step Functions has against malformed parameters, all at once', async () => {
        const { problems } = await service();
        expect(problems(callOf(resourceType, malformed.action, malformed.parameters))).toEqual(malformed.problems);
        expect(problems(callOf(resourceType, succeeding.action, succeeding.parameters))).toEqual([]);
      });
    }
  });
}
