#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { baton } from '../lib/cli/baton';
import { wantsColour } from '../lib/cli/colours';
import { wantsProgress } from '../lib/cli/progress';

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
  draw: wantsProgress(process.env, stderr.isTTY)
    ? (line) => void stderr.write(`\r\u001b[2K${line.slice(0, stderr.columns - 1)}`)
    : undefined,
  colour: wantsColour(process.env, stdout.isTTY),
  width: stdout.columns ?? 120,
}).then((exitCode) => (process.exitCode = exitCode));
