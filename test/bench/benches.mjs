import { compiling } from './compiling.mjs';
import { csv } from './csv.mjs';
import { distributedMap } from './distributed-map.mjs';
import { inlineMap } from './inline-map.mjs';
import { machineInJsonata, machineInJsonPath } from './machines.mjs';
import { memory } from './memory.mjs';
import { nested } from './nested.mjs';
import { orderWorkflow } from './order-workflow.mjs';
import { orderWorkflowWithHandlers } from './order-workflow-with-handlers.mjs';
import { overHttp } from './over-http.mjs';
import { recorded } from './recordings.mjs';
import { starting } from './starting.mjs';
import { waiting } from './waiting.mjs';

/**
 * What `npm run bench` measures, one file each:
 * `{ title, notMeasured: text[], measure(): Promise<{ name, figure, unit, target?: { atLeast } | { atMost } }[]> }`.
 */
export const benches = [
  machineInJsonPath,
  machineInJsonata,
  orderWorkflow,
  orderWorkflowWithHandlers,
  compiling,
  memory,
  nested,
  overHttp,
  inlineMap,
  distributedMap,
  csv,
  waiting,
  starting,
  recorded,
];
