import { SimulatorError } from '../simulator/simulator-error';
import type { Stack } from './stack';

/** Runs something of a stack, unless it is running already. */
export type CircleGuard = <T>(stack: Stack, what: string, run: () => T) => T;

/** A guard against values that need themselves. `what` names the value in the error: `condition IsProd`. */
export function circleGuard(): CircleGuard {
  /** What is being resolved at the moment, outermost first. */
  const open: { readonly stack: Stack; readonly what: string }[] = [];
  return (stack, what, run) => {
    const first = open.findIndex((one) => one.stack === stack && one.what === what);
    if (first !== -1) {
      const circle = [...open.slice(first), { stack, what }].map((one) => `${one.what} (stack "${one.stack.stackName}")`);
      throw new SimulatorError(
        `The template refers to itself in a circle, and CloudFormation would refuse it:\n  ${circle.join('\n  → ')}\nBreak the circle.`,
      );
    }
    open.push({ stack, what });
    try {
      return run();
    } finally {
      open.pop();
    }
  };
}
