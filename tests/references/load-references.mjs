// Does one step after the other in a project, in a process of its own, and prints what came of each as a line of JSON.
/* global AbortSignal */
import console from 'node:console';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { setInterval, clearInterval } from 'node:timers';
import { pathToFileURL, URL } from 'node:url';
import { Worker } from 'node:worker_threads';

import { ReferenceLoader } from '@oneiric/core';

const [projectDir, jobFile] = process.argv.slice(2);
const { options = {}, steps } = JSON.parse(readFileSync(jobFile, 'utf8'));
const loader = new ReferenceLoader({ projectDir, ...options });
const values = [];
// Timers of signals alone do not keep a process.
const awake = setInterval(() => {}, 60_000);

for (const step of steps) console.log(JSON.stringify({ step: step.do, ...(await outcomeOf(step)) }));
clearInterval(awake);

async function outcomeOf(step) {
  try {
    return await take(step);
  } catch (error) {
    const { code, details, message, name } = error;
    return { code: code ?? name, rule: details?.rule, nearest: details?.nearest, message };
  }
}

async function take({ do: what, ...step }) {
  switch (what) {
    case 'load': {
      const { reference, timeoutMs, ...rest } = step;
      const signal = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
      const { value, file, digest } = await loader.load(reference, { ...rest, signal });
      return { ...describe(value), file, digest };
    }
    case 'locate':
      return await loader.locate(step.reference, step.options);
    case 'call': {
      const { value } = await loader.load(step.reference, step.options);
      return { returned: await value() };
    }
    case 'import':
      return describe((await import(pathToFileURL(join(projectDir, step.file)).href))[step.name]);
    case 'require':
      return describe(
        createRequire(join(projectDir, 'package.json'))(join(projectDir, step.file))[step.name],
      );
    case 'write':
      writeFileSync(join(projectDir, step.file), step.text);
      return {};
    case 'worker':
      return await inWorker(step);
    default:
      throw new Error(`no such step: ${what}`);
  }
}

/** What a value is, and which earlier one it is the same as. */
function describe(value) {
  const known = values.indexOf(value);
  if (known < 0) values.push(value);
  return {
    type: typeof value,
    ...(typeof value === 'function' ? {} : { value }),
    same: known < 0 ? values.length - 1 : known,
  };
}

/** The same script in a thread. */
function inWorker({ steps: inner }) {
  const file = `${jobFile}.worker.json`;
  writeFileSync(file, JSON.stringify({ options, steps: inner }));
  return new Promise((resolve, reject) => {
    let output = '';
    const worker = new Worker(new URL(import.meta.url), { argv: [projectDir, file], stdout: true });
    worker.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    worker.on('error', reject);
    worker.on('exit', () =>
      resolve({
        lines: output
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      }),
    );
  });
}
