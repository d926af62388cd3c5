import 'reflect-metadata';

import { OneiricError } from '@oneiric/core';

import { demonstrate } from './show/demonstrate.js';

try {
  process.exitCode = (await demonstrate()) ? 0 : 1;
} catch (error) {
  // What Oneiric says tells what to do; of anything else we want the stack.
  console.error(OneiricError.is(error) ? error.message : error);
  process.exitCode = 1;
}
