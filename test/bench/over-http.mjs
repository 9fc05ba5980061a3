import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import simulator from '../../dist/lib/simulator.js';
import { inJsonPath, order } from './invoicing.mjs';

const { service, startServer } = simulator;

const WARM_UPS = 200;
const EXECUTIONS = 2000;

/** What a client waits for: an execution from StartExecution to its result, through the server. */
export const overHttp = {
  title: `StartExecution to result through HTTP, with @aws-sdk/client-sfn in the same process, ${EXECUTIONS.toLocaleString('en-US')} times`,
  notMeasured: ['starting the server', 'two processes, or a network between them'],
  async measure() {
    const reserve = service('lambda:invoke', ({ Payload: { label } }) => ({ StatusCode: 200, Payload: { id: `r-${label}` } }), {
      fieldValidationMode: 'NONE',
    });
    const server = await startServer({
      port: 0,
      fakes: [reserve],
      stateMachines: [{ name: 'Invoicing', definition: inJsonPath }],
    });
    const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
    const client = new SFNClient({ endpoint: server.url, region: 'us-east-1', credentials });
    const [stateMachineArn] = server.stateMachineArns;
    const input = JSON.stringify(order);
    const figures = [];
    for (let index = -WARM_UPS; index < EXECUTIONS; index++) {
      const started = performance.now();
      const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input }));
      let described;
      do described = await client.send(new DescribeExecutionCommand({ executionArn }));
      while (described.status === 'RUNNING');
      if (described.status !== 'SUCCEEDED') throw new Error(`The machine does something else: ${described.cause}`);
      if (index >= 0) figures.push(performance.now() - started);
    }
    client.destroy();
    await server.close();
    figures.sort((a, b) => a - b);
    const percentile = (part) => figures[Math.min(figures.length - 1, Math.floor(figures.length * part))];
    return [
      { name: 'p50', figure: percentile(0.5), unit: 'ms' },
      { name: 'p99', figure: percentile(0.99), unit: 'ms' },
    ];
  },
};
