import { check } from '../../../lib/asl/check';
import { CORRECT_WORKFLOWS } from './correct-workflows';

test.each(CORRECT_WORKFLOWS.map((workflow) => [workflow[0], workflow] as const))(
  'no false alarm: %s',
  (_, [, definition, options]) => {
    expect(check(definition, options).map(({ code, location, message }) => `${code} ${location}: ${message}`)).toEqual([]);
  },
);
