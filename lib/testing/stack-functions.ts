import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LambdaFunction } from '../cloud/cloud';
import type { LambdaFunction as SimulatedFunction } from '../services/lambda/lambda-function';
import { SimulatorError } from '../simulator/simulator-error';

/** The function's source if our constructs recorded it, else its asset. */
export function simulatedFunction(fn: LambdaFunction): SimulatedFunction {
  return {
    arn: fn.arn,
    get code() {
      return codeOf(fn);
    },
    get environment() {
      return fn.environment;
    },
    get timeoutMs() {
      return fn.timeoutSeconds * 1000;
    },
    get memorySizeMb() {
      return fn.memorySizeMb;
    },
    get aliases() {
      return Object.fromEntries(fn.aliases.map(({ name, version }) => [name, version]));
    },
  };
}

function codeOf({ entry, code, handler = 'index.handler', runtime = '', name }: LambdaFunction): SimulatedFunction['code'] {
  // An assembly that was carried elsewhere has left its sources behind; the asset is in it.
  if (entry !== undefined && existsSync(entry.entry)) return { kind: 'entry', file: entry.entry, exportName: entry.handler };
  switch (code.kind) {
    case 'directory':
      return { kind: 'asset', directory: code.path, handler, runtime };
    case 'inline':
      return { kind: 'inline', code: code.text, handler, runtime };
    case 'zip':
      throw new SimulatorError(
        `The code of the function "${name}" is the zip file ${code.path} in ${dirname(code.path)}, which the simulator does not unpack. Add a fake: lambda('${name}', …).`,
      );
    case 'elsewhere':
      throw new SimulatorError(
        `The code of the function "${name}" cannot be run: ${code.reason} Add a fake: lambda('${name}', …).`,
      );
  }
}
