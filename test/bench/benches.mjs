import { orderWorkflow } from './order-workflow.mjs';
import { orderWorkflowWithHandlers } from './order-workflow-with-handlers.mjs';

/**
 * What `npm run bench` measures, one file each:
 * `{ title, notMeasured: text[], measure(): Promise<{ name, figure, unit, target?: { atLeast } }[]> }`.
 */
export const benches = [orderWorkflow, orderWorkflowWithHandlers];
