import simulator from '../../dist/lib/simulator.js';
import { median } from './race.mjs';

const { compile, parse } = simulator;

const STATES = 500;

/** From the text of a definition to a program that can run. */
export const compiling = {
  title: `A machine of ${STATES} states, of both query languages`,
  notMeasured: ['the first definitions of a process: until then code is being optimized'],
  async measure() {
    const texts = Array.from({ length: 160 }, (_, index) => JSON.stringify(machineOf(index)));
    const parsed = [];
    const compiled = [];
    for (const text of texts) {
      const started = performance.now();
      const machine = parse(text);
      const between = performance.now();
      compile(machine);
      parsed.push(between - started);
      compiled.push(performance.now() - between);
    }
    const counted = (all) => median(all.slice(60));
    return [
      { name: 'parse: JSON, all checks of AWS', figure: counted(parsed), unit: 'ms' },
      { name: 'compile', figure: counted(compiled), unit: 'ms', target: { atMost: 20 } },
    ];
  },
};

/** No two definitions have an expression in common: what is remembered by its text is of no use. */
function machineOf(salt) {
  const names = Array.from({ length: STATES }, (_, index) => `State ${index}`);
  const states = names.map((name, index) => [name, stateOf(index, names[index + 1], `f${salt}_${index}`)]);
  return { StartAt: names[0], States: Object.fromEntries(states) };
}

function stateOf(index, next, field) {
  if (next === undefined) return { Type: 'Succeed' };
  switch (index % 5) {
    case 0:
      return {
        Type: 'Pass',
        Parameters: { 'a.$': `$.${field}`, 'label.$': `States.Format('{}-{}', $.${field}, $.b)` },
        ResultPath: `$.${field}x`,
        Next: next,
      };
    case 1:
      return {
        Type: 'Choice',
        Choices: [
          { Variable: `$.${field}`, NumericGreaterThan: index, Next: next },
          {
            And: [
              { Variable: '$.b', StringEquals: field },
              { Variable: `$.${field}`, IsPresent: true },
            ],
            Next: next,
          },
        ],
        Default: next,
      };
    case 2:
      return {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: field, 'Payload.$': `$.${field}` },
        ResultSelector: { 'result.$': '$.Payload' },
        ResultPath: `$.${field}`,
        Retry: [{ ErrorEquals: ['A', 'B'], IntervalSeconds: 2 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: next }],
        Next: next,
      };
    case 3:
      return { Type: 'Wait', SecondsPath: `$.${field}.seconds`, Next: next };
    default:
      return {
        Type: 'Pass',
        QueryLanguage: 'JSONata',
        Output: {
          a: `{% $states.input.${field} + 1 %}`,
          b: '{% $states.input.b %}',
          c: `{% $states.input.list[x > ${index}].${field} %}`,
        },
        Next: next,
      };
  }
}
