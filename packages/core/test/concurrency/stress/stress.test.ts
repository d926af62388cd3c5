import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { useLeakCheck } from '../harness/leak-check.js';
import { holds, propertyTimeoutMs } from '../../property.js';
import { program } from './program.js';
import { World } from './world.js';

describe('under random trees of sections', () => {
  useLeakCheck();

  it(
    'siblings exclude each other, strangers stay out, ownership dies with its section, and everything drains',
    () =>
      holds(
        fc.asyncProperty(program, fc.scheduler(), (tasks, scheduler) => new World(tasks, scheduler).play()),
        { file: 'packages/core/test/concurrency/stress', runs: 120 },
      ),
    propertyTimeoutMs,
  );
});
