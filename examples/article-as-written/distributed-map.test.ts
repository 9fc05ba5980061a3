import { DefinitionError, parse, simulate, SimulatorError } from '../../lib/testing';
import asWritten from './distributed-map.json';
import { withEdits } from './with-edits';

const refusalOf = (definition: unknown): unknown => {
  try {
    return parse(definition);
  } catch (error) {
    return error;
  }
};

test('as written AWS refuses it: the Map leads nowhere', () => {
  const refused = refusalOf(asWritten);
  expect(refused).toBeInstanceOf(DefinitionError);
  expect((refused as DefinitionError).problems.map(({ location }) => location)).toContain('/States/ProcessImages');
});

const withEnd = withEdits(asWritten, { '/States/ProcessImages/End': true });

describe('with an end', () => {
  test('AWS takes it', () => {
    expect(refusalOf(withEnd)).toMatchObject({ StartAt: 'ProcessImages' });
  });

  test('the simulator says that it does not run a Distributed Map yet', async () => {
    const run = simulate(withEnd);
    await expect(run).rejects.toBeInstanceOf(SimulatorError);
    await expect(run).rejects.toThrow(/"ProcessImages" is a Distributed Map/);
  });
});
