#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { baton } from '../lib/cli/baton';
import { wantsColour } from '../lib/cli/colours';

const { stdout, stderr } = process;
const print = stdout.write.bind(stdout);

// What handlers and modules with fakes write is no result of ours.
stdout.write = stderr.write.bind(stderr);

// A pipe that is closed early, as by `baton run … | head`, is no error.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? process.exitCode : 1));

void baton(process.argv.slice(2), {
  print: (text) => print(`${text}\n`),
  printError: (text) => console.error(text),
  readStandardInput: () => readFileSync(0),
  interrupted: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    }),
  colour: wantsColour(process.env, stdout.isTTY),
  width: stdout.columns ?? 120,
}).then((exitCode) => (process.exitCode = exitCode));
