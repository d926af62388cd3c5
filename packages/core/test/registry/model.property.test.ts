import fc from 'fast-check';
import { holds, propertyTimeoutMs } from '../property.js';
import { commands } from './model/command.js';
import { Drive } from './model/drive.js';

it(
  'a registry shows, answers and tells what a plain model does, whatever is done to it, in transactions and forks',
  () =>
    holds(
      fc.asyncProperty(commands, async (list) => {
        await new Drive().run(list);
      }),
      { file: 'packages/core/test/registry/model.property.test.ts', runs: 100 },
    ),
  propertyTimeoutMs,
);
