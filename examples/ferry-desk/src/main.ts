import 'reflect-metadata';

import { OneiricError } from '@oneiric/core';

import { demonstrate } from './show/demonstrate.js';

try {
  process.exitCode = (await demonstrate()) ? 0 : 1;
} catch (error) {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  // What Oneiric says tells what to do; of anything else we want the stack.
  for (const each of errors) console.error(OneiricError.is(each) ? each.message : each);
  process.exitCode = 1;
}
