import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';

import type { Plugin } from '../../src/plugins/plugin.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { snapshotJson } from '../../src/registry/snapshot-json.js';
import { holds, propertyTimeoutMs } from '../property.js';
import { host, offer } from './a-plugin.js';

const FILE = 'packages/core/test/plugins/side-by-side.test.ts';

/** How many turns of the event loop the import and the setup of a plugin take, and how it ends. */
const course = fc.record({
  importTurns: fc.integer({ min: 0, max: 4 }),
  setupTurns: fc.integer({ min: 0, max: 4 }),
  ends: fc.constantFrom('well', 'throws', 'twin'),
});
type Course = { importTurns: number; setupTurns: number; ends: 'well' | 'throws' | 'twin' };

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await setImmediate();
}

function modulesOf(courses: readonly Course[], isSlow: boolean) {
  return Object.fromEntries(
    courses.map(({ importTurns, setupTurns, ends }, index) => [
      `p${String(index)}`,
      async (): Promise<Plugin> => {
        if (isSlow) await turns(importTurns);
        return {
          name: ends === 'twin' ? 'twin' : `n${String(index)}`,
          candidates: [offer(`c${String(index)}`)],
          async setup({ register }) {
            if (isSlow) await turns(setupTurns);
            register(offer(`s${String(index)}`));
            if (ends === 'throws') throw new Error(`p${String(index)}`);
          },
        };
      },
    ]),
  );
}

async function outcome(courses: readonly Course[], isSlow: boolean) {
  const registry = new CandidateRegistry();
  const commits: number[] = [];
  registry.on('changed', ({ changes }) => commits.push(changes.length));
  const { reports } = await host(registry, modulesOf(courses, isSlow));
  const told = reports.map(({ package: name, state, reason, candidates }) => [
    name,
    state,
    reason,
    candidates,
  ]);
  return { told, commits, snapshot: snapshotJson(registry.snapshot()) };
}

/** Returns once it was called so many times. */
function meetingOf(count: number): () => Promise<void> {
  let here = 0;
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  return () => {
    if (++here === count) begin();
    return begun;
  };
}

describe('plugins that are loaded side by side', () => {
  it(
    'give the same registry, commit by commit, whichever of them finishes first',
    () =>
      holds(
        fc.asyncProperty(fc.array(course, { minLength: 2, maxLength: 6 }), async (courses) => {
          expect(await outcome(courses, true)).toEqual(await outcome(courses, false));
        }),
        { file: FILE, runs: 40 },
      ),
    propertyTimeoutMs,
  );

  it('are set up at the same time, and outside the lock', async () => {
    const registry = new CandidateRegistry();
    const meet = meetingOf(3);
    const seen: boolean[] = [];
    const setup = async (): Promise<void> => {
      await meet();
      seen.push(registry.isInTransaction);
      await registry.registerCandidate(offer(`own${String(seen.length)}`, 'other'));
    };
    const names = ['a', 'b', 'c'];
    await host(registry, Object.fromEntries(names.map((name) => [name, () => ({ name, setup })])));
    expect([seen, registry.explain('adapter', 'other').candidates.length]).toEqual([
      [false, false, false],
      3,
    ]);
  });

  it('are cleaned up at the same time, once what they offer is gone, the last first', async () => {
    const registry = new CandidateRegistry();
    const meet = meetingOf(3);
    const gone: string[] = [];
    const left: number[] = [];
    registry.on('changed', ({ changes }) => {
      for (const change of changes) if (change.kind === 'unregistered') gone.push(change.candidate.provider);
    });
    const cleanup = async (): Promise<void> => {
      await meet();
      left.push(registry.keys().length);
    };
    const of = (name: string) => [name, () => ({ name, candidates: [offer(name)], setup: () => cleanup })];
    const plugins = await host(registry, Object.fromEntries(['a', 'b', 'c'].map(of)));
    await plugins.close();
    expect([gone, left]).toEqual([
      ['c', 'b', 'a'],
      [0, 0, 0],
    ]);
  });

  it('are cleaned up at the same time where the load is called off', async () => {
    const calledOff = new AbortController();
    const meet = meetingOf(3);
    const cleaned: string[] = [];
    const of = (name: string) => [
      name,
      () => ({
        name,
        setup: () => async () => {
          await meet();
          cleaned.push(name);
        },
      }),
    ];
    const setup = async (): Promise<void> => {
      await setImmediate(); // The others are set up by now.
      calledOff.abort();
    };
    const modules = { ...Object.fromEntries(['a', 'b', 'c'].map(of)), d: () => ({ name: 'd', setup }) };
    const loading = host(new CandidateRegistry(), modules, { signal: calledOff.signal });
    const error: unknown = await loading.catch((reason: unknown) => reason);
    expect(error).toBe(calledOff.signal.reason);
    expect(cleaned).toHaveLength(3);
  });
});
