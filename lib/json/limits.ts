/**
 * Deepest nesting of arrays and objects. Jackson, which Step Functions reads JSON with, stops at 1,000.
 * https://github.com/FasterXML/jackson-core (StreamReadConstraints.DEFAULT_MAX_DEPTH)
 */
export const MAX_DEPTH = 1_000;
