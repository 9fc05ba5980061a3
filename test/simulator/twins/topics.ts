import { articleListings } from './article-listings';
import { awsDocumentation } from './aws-documentation';
import { choice } from './choice';
import { contextObject } from './context-object';
import { dataFlow } from './data-flow';
import { errors } from './errors';
import { intrinsicFunctions } from './intrinsic-functions';
import { mapAndParallel } from './map-and-parallel';
import { tasks } from './tasks';
import { time } from './time';
import { variables } from './variables';
import type { Twins } from './twins';

/** All twins, by topic. */
export const topics: Readonly<Record<string, readonly Twins[]>> = {
  'data flow': dataFlow,
  'intrinsic functions': intrinsicFunctions,
  'Context Object': contextObject,
  Choice: choice,
  'Wait and time limits': time,
  errors,
  tasks,
  'Map and Parallel': mapAndParallel,
  variables,
  "AWS's documentation": awsDocumentation,
  'listings of the article': articleListings,
};
