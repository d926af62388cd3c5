import { resolve } from 'node:path';

import {
  asBase,
  compareLocks,
  createLock,
  type Lockfile,
  onlyEnvironment,
  readLockfile,
} from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { type ExitCode, exitCodeOfDifferences } from '../exit-code.js';
import { lockProject } from '../lock-project.js';
import { readFormat } from '../read-format.js';
import type { Comparison } from '../renderers/comparison.js';
import { renderComparison } from '../renderers/render-comparison.js';
import { usageError } from '../usage-error.js';

/** One side of the comparison, before anything is read. */
interface Side {
  readonly label: string;
  readonly name: string;
  readonly load: () => Promise<Lockfile>;
}

/** `oneiric diff`: a lockfile and now, two lockfiles, or two environments. */
export async function run(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  const format = readFormat(input, 'diff');
  const { sides, accept } = chooseSides(input, context);
  // One after the other: of two mistakes, that in the first is told.
  const [before, after] = [await sides[0].load(), await sides[1].load()];
  const differences = compareLocks(before, after);
  const comparison: Comparison = {
    before: { ...sides[0], lockfile: before },
    after: { ...sides[1], lockfile: after },
    differences,
    isStrict: input.flag('strict'),
    accept,
  };
  context.print(await renderComparison(comparison, format, context.screen));
  return exitCodeOfDifferences(differences, comparison.isStrict);
}

interface Sides {
  readonly sides: readonly [Side, Side];
  /** Undefined where there is nothing to accept: neither side is what wins now. */
  readonly accept: string | undefined;
}

function chooseSides(input: CommandInput, { openProject, host }: CommandContext): Sides {
  const [first, second] = input.args;
  const [one, two, ...more] = input.texts('env');
  const file = (path: string, environment: string | null | undefined): Side => ({
    label: path,
    name: path,
    load: async () => {
      const lockfile = await readLockfile(resolve(host.cwd, path), path);
      if (environment === undefined) return lockfile;
      return asBase(lockfile, environment, path);
    },
  });
  const environment = (name: string | undefined): Side => ({
    label: name ?? 'base',
    name: name === undefined ? 'no environment' : `the environment ${name}`,
    load: async () => {
      const { registry } = await openProject({ environment: name ?? null });
      return createLock(registry.snapshot());
    },
  });
  if (more.length > 0) throw usageError('More than two environments cannot be compared', 'diff');
  if (first === undefined) {
    if (one === undefined)
      throw usageError('Name a lockfile to compare with, or an environment with --env', 'diff');
    const sides = two === undefined ? [undefined, one] : [one, two];
    return { sides: [environment(sides[0]), environment(sides[1])], accept: undefined };
  }
  if (second !== undefined) {
    const sides: Sides['sides'] = [file(first, one), file(second, two ?? one)];
    return { sides, accept: undefined };
  }
  if (two !== undefined) {
    const of = (name: string | undefined): Side => ({ ...file(first, name), label: name ?? '' });
    return { sides: [of(one), of(two)], accept: undefined };
  }
  const only = one ?? chosenByVariable(host);
  return {
    sides: [
      {
        ...file(first, undefined),
        load: async () => {
          const lockfile = await readLockfile(resolve(host.cwd, first), first);
          if (only === undefined) return lockfile;
          asBase(lockfile, only, first); // Refuses an environment that was never locked.
          return onlyEnvironment(lockfile, only);
        },
      },
      {
        label: 'now',
        name: 'the project',
        load: async () => (await lockProject((choice) => openProject({ environment: one, ...choice }))).now,
      },
    ],
    accept: only === undefined ? 'oneiric lock' : `oneiric lock --env ${only}`,
  };
}

/** What is decided now is then that environment alone. */
function chosenByVariable({ env }: CommandContext['host']): string | undefined {
  const name = env['ONEIRIC_ENV']?.trim();
  return name === '' ? undefined : name;
}
