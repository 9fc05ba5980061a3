// Makes the synchronous twin of jsonata from the text of the installed package: `async`, `await` and `Promise.all` are taken out, and
// clock, chance, patterns and whatever may grow go through a gate (lib/vendor/jsonata.ts), so that every expression ends and can be repeated.
// Every edit says how often it must fit. Another version of the package fails the build here, and not some expression later.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version that the edits were written for, and that its own test suite was run on. */
const VERSION = '2.2.2';

/** Applied one after the other; `times` is how often `find` must occur. */
const EDITS = [
  // Synchronous.
  { why: 'no async functions', find: /\basync (?=function\b|\()/g, put: '', times: 46 },
  { why: 'nothing to wait for', find: /\bawait /g, put: '', times: 105 },
  { why: 'nothing to wait for together', find: 'Promise.all(', put: '(', times: 2 },
  { why: 'no stack traces: they cost more than the evaluation', find: '(new Error()).stack', put: "''", times: 83 },

  // Clock and chance.
  { why: 'the time of the evaluation', find: 'timestamp = new Date();', put: 'timestamp = gate.now();', times: 2 },
  { why: '$random and $shuffle', find: 'Math.random()', put: 'gate.random()', times: 2 },
  { why: 'a timestamp without zone is in UTC', find: 'Date.parse(timestamp)', put: 'gate.parseTimestamp(timestamp)', times: 1 },

  // Steps, and how deep they nest.
  {
    why: 'every node that is evaluated is a step',
    find: /environment\.base\.depth\+\+;\s+environment\.base\.guardrails\(\);\s+var entryCallback = [^\n]+\s+if\(entryCallback\) \{[^}]+\}/g,
    put: 'void environment.base.depth; gate.enter();',
    times: 1,
  },
  { why: 'no exit callback', find: /var exitCallback = [^\n]+\s+if\(exitCallback\) \{[^}]+\}/g, put: '', times: 1 },
  { why: 'the end of a step', find: 'environment.base.depth--;', put: 'gate.leave(result);', times: 1 },
  { why: 'no frame callback', find: /var framePushCallback = [^\n]+\s+if\(framePushCallback\) \{[^}]+\}/g, put: '', times: 1 },
  {
    why: 'a frame takes as long as a step',
    find: 'var bindings = Object.create(null);',
    put: 'gate.spend(1); var bindings = Object.create(null);',
    times: 1,
  },
  {
    why: 'a native function costs what it is given',
    find: 'result = proc.implementation.apply(focus, validatedArgs);',
    put: 'gate.called(validatedArgs); result = proc.implementation.apply(focus, validatedArgs); gate.made(result);',
    times: 1,
  },
  {
    why: 'a partially applied native function too',
    find: 'var result = proc.apply(focus, args);',
    put: 'gate.called(args); var result = proc.apply(focus, args); gate.made(result);',
    times: 1,
  },

  // Walks: a value may hold another many times over, so that it is far larger than what was made.
  { why: '$boolean', find: 'if (arg.length === 1) {\n', put: 'gate.spend(arg.length);\n if (arg.length === 1) {\n', times: 1 },
  {
    why: '$string',
    find: 'JSON.stringify(arg, function (key, val) {',
    put: 'JSON.stringify(arg, function (key, val) { gate.written(key, val);',
    times: 1,
  },
  {
    why: 'equality',
    find: 'if(Array.isArray(lhs) && Array.isArray(rhs)) {',
    put: 'gate.spend(1);\nif(Array.isArray(lhs) && Array.isArray(rhs)) {',
    times: 1,
  },
  {
    why: '*',
    find: 'Array.prototype.forEach.call(arg, function (item) {',
    put: 'gate.spend(arg.length / 8);\nArray.prototype.forEach.call(arg, function (item) {',
    times: 1,
  },
  {
    why: '**',
    find: 'function recurseDescendants(input, results) {',
    put: 'function recurseDescendants(input, results) { gate.spend(1);',
    times: 1,
  },
  {
    why: 'names over arrays',
    find: 'result = this.createSequence();\n            for(var ii = 0; ii < input.length; ii++) {',
    put: 'gate.spend(1 + input.length / 8);\n result = this.createSequence();\n            for(var ii = 0; ii < input.length; ii++) {',
    times: 1,
  },
  {
    why: 'keys',
    find: "return typeof arg === 'object' && arg !== null ? Object.keys(arg) : [];",
    put: "if (typeof arg !== 'object' || arg === null) return []; const names = Object.keys(arg); gate.spend(names.length / 8); return names;",
    times: 1,
  },

  // Growth.
  { why: 'ranges', find: 'var size = rhs - lhs + 1;', put: 'var size = rhs - lhs + 1; gate.holds(size);', times: 1 },
  {
    why: '$append and array constructors',
    find: 'const size = arg1.length + arg2.length;',
    put: 'const size = arg1.length + arg2.length; gate.holds(size);',
    times: 1,
  },
  {
    why: 'the results of a step',
    find: '// res is a sequence - flatten it into the parent sequence',
    put: 'gate.holds(resultSequence.length + res.length);',
    times: 1,
  },
  {
    why: 'tuples',
    find: 'tuple = Object.create(null);\n                    Object.assign(tuple, tupleBindings[ee]);',
    put: 'gate.holds(result.length); gate.spend(1); tuple = Object.create(null);\n                    Object.assign(tuple, tupleBindings[ee]);',
    times: 1,
  },
  {
    why: 'predicates that are lists of numbers',
    find: 'Array.prototype.forEach.call(res, function (ires) {',
    put: 'gate.holds(results.length + res.length);\n Array.prototype.forEach.call(res, function (ires) {',
    times: 1,
  },
  {
    why: '$keys of many',
    find: 'allkeys.forEach(function (key) {',
    put: 'gate.spend(allkeys.length / 8);\nallkeys.forEach(function (key) {',
    times: 1,
  },
  {
    why: 'concatenation',
    find: 'result = lstr.concat(rstr);',
    put: 'gate.writes(lstr.length + rstr.length); result = lstr.concat(rstr);',
    times: 1,
  },
  {
    why: '$pad',
    find: 'var padLength = Math.abs(width) - length(str);',
    put: 'var padLength = Math.abs(width) - length(str); gate.writes(padLength * char.length);',
    times: 1,
  },
  {
    why: '$join',
    find: 'return strs.join(separator);',
    put: 'gate.writes(strs.reduce((sum, text) => sum + text.length + separator.length, 0)); return strs.join(separator);',
    times: 1,
  },
  {
    why: '$replace of text',
    find: 'result += replacement;',
    put: 'gate.spend(1); gate.writes(result.length + String(replacement).length); result += replacement;',
    times: 1,
  },
  {
    why: '$replace of matches',
    find: "if (typeof replacedWith === 'string') {",
    put: "if (typeof replacedWith === 'string') { gate.writes(result.length + replacedWith.length);",
    times: 1,
  },
  {
    why: '$split',
    find: 'result = str.split(separator, limit);',
    put: 'gate.holds(Math.ceil(str.length / Math.max(1, separator.length))); result = str.split(separator, limit);',
    times: 1,
  },
  {
    why: 'digits of integers',
    find: 'var padLength = format.mandatoryDigits - formattedInteger.length;',
    put: 'var padLength = format.mandatoryDigits - formattedInteger.length; gate.writes(padLength);',
    times: 1,
  },

  // Pictures of numbers and times, whose analysis takes the square of their length.
  {
    why: '$formatNumber',
    find: 'var subPictures = picture.split(',
    put: 'gate.spend(picture.length * picture.length / 8); var subPictures = picture.split(',
    times: 1,
  },
  {
    why: 'pictures of integers',
    find: 'function analyseIntegerPicture(picture) {',
    put: 'function analyseIntegerPicture(picture) { gate.spend(picture.length * picture.length / 8);',
    times: 1,
  },
  {
    why: 'pictures of times',
    find: 'function analyseDateTimePicture(picture) {',
    put: 'function analyseDateTimePicture(picture) { gate.spend(picture.length * picture.length / 8);',
    times: 1,
  },
  {
    why: 'an infinite mantissa',
    find: 'while (Math.abs(mantissa) > maxMantissa) {',
    put: 'while (gate.finite(Math.abs(mantissa)) > maxMantissa) {',
    times: 1,
  },
  { why: 'an infinite number in letters', find: 'while (value > 0) {', put: 'while (gate.finite(value) > 0) {', times: 1 },
  {
    why: 'a number in words',
    find: 'const mant = Math.floor(num / factor);',
    put: 'const mant = Math.floor(gate.finite(num) / factor);',
    times: 1,
  },
  {
    why: 'a roman number',
    find: 'function decimalToRoman(value) {',
    put: 'function decimalToRoman(value) { gate.roman(value);',
    times: 1,
  },

  // Recursion and argument lists as long as the data.
  { why: '$max', find: 'Math.max.apply(Math, args)', put: 'args.reduce((a, b) => Math.max(a, b), -Infinity)', times: 1 },
  { why: '$min', find: 'Math.min.apply(Math, args)', put: 'args.reduce((a, b) => Math.min(a, b), Infinity)', times: 1 },
  {
    why: '$sort',
    find: /var merge_iter = function \(result, left, right\) \{[\s\S]+?\n {12}\};\n/g,
    put: `var merge_iter = function (result, left, right) {
                let i = 0;
                let j = 0;
                while (i < left.length && j < right.length) {
                    gate.spend(0.25);
                    result.push(comp(left[i], right[j]) ? right[j++] : left[i++]);
                }
                while (i < left.length) result.push(left[i++]);
                while (j < right.length) result.push(right[j++]);
            };
`,
    times: 1,
  },

  // Patterns.
  {
    why: 'patterns in expressions',
    find: 'return new RegExp(pattern, flags);',
    put: 'return gate.pattern(pattern, flags);',
    times: 1,
  },
  {
    why: 'a pattern is not copied: exec starts at lastIndex',
    find: 'new environment.base.RegexEngine(expr.value)',
    put: 'gate.pattern(expr.value.source, expr.value.flags)',
    times: 1,
  },
  { why: 'patterns from pictures', find: "new RegExp(fullRegex, 'i')", put: "gate.pattern(fullRegex, 'i')", times: 1 },

  // The input is frozen, and the functions of the library are shared by all evaluations.
  {
    why: 'no mark on an array of the input',
    find: 'resultSequence.keepSingleton = true;',
    put: 'if (isSequence(resultSequence)) resultSequence.keepSingleton = true;',
    times: 1,
  },
  { why: 'no item for an array of the input', find: 'input.push(undefined);', put: 'input = [undefined];', times: 1 },
  {
    why: 'no mark on what is not a function',
    find: "if(typeof proc === 'object') {",
    put: "if(isFunction(proc) && typeof proc === 'object') { gate.marked(proc);",
    times: 1,
  },
  {
    why: 'no mark on nothing',
    find: "if(result.body.procedure.type === 'variable') {",
    put: "if(!isFunction(next)) { throw { code: 'T1006', stack: '' }; } gate.marked(next);\n if(result.body.procedure.type === 'variable') {",
    times: 1,
  },

  {
    why: '$distinct',
    find: 'for(var jj = 0; jj < results.length; jj++) {',
    put: 'gate.spend(results.length / 128);\nfor(var jj = 0; jj < results.length; jj++) {',
    times: 1,
  },

  // Step Functions has JSONata 2.0.6, which does not know them.
  {
    why: 'the operators ?: and ??',
    find: "if (currentChar === '?' && path.charAt(position + 1) === ",
    put: "if (gate.hasDefaultOperators && currentChar === '?' && path.charAt(position + 1) === ",
    times: 2,
  },

  // The parser, whose table of symbols is made once and not for every expression.
  {
    why: 'one table: begin',
    find: 'var parser = function (source, recover) {',
    put: 'var makeParser = function () { var source; var recover;',
    times: 1,
  },
  {
    why: 'one table: a new text',
    find: 'lexer = tokenizer(source);',
    put: 'return function (newSource, newRecover) { source = newSource; recover = newRecover; errors = []; ancestorLabel = 0; ancestorIndex = 0; ancestry = []; lexer = tokenizer(source);',
    times: 1,
  },
  {
    why: 'one table: end',
    find: /return expr;\n {4}\};\n\n {4}return parser;/g,
    put: 'return expr;\n };\n };\n\n return makeParser();',
    times: 1,
  },
  {
    why: 'signatures are read once',
    find: 'return parseSignature;',
    put: 'const known = new Map(); return (text) => { if (!known.has(text)) { const parsed = parseSignature(text); if (known.size > 500) return parsed; known.set(text, parsed); } return known.get(text); };',
    times: 1,
  },
  {
    why: 'operands that are written once and stand twice',
    find: 'JSON.parse(JSON.stringify(left))',
    put: 'gate.copied(left)',
    times: 2,
  },
];

/** Taken once: under Jest, whose modules run in a realm of their own, a look at a global is a call, and the twin would be four times slower. */
const GLOBALS = [
  'Array',
  'Date',
  'Error',
  'JSON',
  'Math',
  'Number',
  'Object',
  'RegExp',
  'String',
  'Symbol',
  'Map',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
];

/** The text of the twin, as a CommonJS module that exports `(gate) => jsonata`. @throws Error that names every edit that does not fit */
export function synchronousJsonata(source) {
  const misfits = [];
  const text = EDITS.reduce((before, { why, find, put, times }) => {
    const found = typeof find === 'string' ? before.split(find).length - 1 : [...before.matchAll(find)].length;
    if (found !== times) misfits.push(`"${why}" must fit ${times} times and fits ${found} times`);
    return before.replaceAll(find, () => put);
  }, source);
  if (misfits.length > 0) throw new Error(`The synchronous twin of jsonata cannot be made: ${misfits.join('; ')}.`);
  return `const { ${GLOBALS.join(', ')} } = globalThis;\nmodule.exports = (gate) => {\nconst module = { exports: {} };\nconst { exports } = module;\n${text}\nreturn module.exports;\n};\n`;
}

/** The esbuild plugin that puts the twin in the place of the package. */
export const jsonataTwin = {
  name: 'synchronous-jsonata',
  setup(build) {
    build.onLoad({ filter: /node_modules[\\/]jsonata[\\/]jsonata\.js$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(join(dirname(path), 'package.json'), 'utf8'));
      if (version !== VERSION)
        throw new Error(
          `jsonata ${version} is installed, and its synchronous twin is made from ${VERSION}. Install that version; or go through the edits in bin/vendor/synchronous-jsonata.mjs, change VERSION there and run the test suite (npm run test:long).`,
        );
      return { contents: synchronousJsonata(readFileSync(path, 'utf8')), loader: 'js' };
    });
  },
};
