import { OneiricError } from '../../../src/errors/oneiric-error.js';
import { type Random, randomFrom } from './random.js';
import { PROVIDERS, type SoakWorld } from './soak-world.js';

/** Something that an operator does to a key; it may fail, and then it says why with a code. */
type Operation = (world: SoakWorld, key: string, random: Random) => Promise<unknown>;

const providerOf = (random: Random): string => PROVIDERS[random.below(PROVIDERS.length)] ?? 'a';

/** Half of those who ask give up after a while. */
function patience(world: SoakWorld, random: Random): { readonly signal?: AbortSignal } {
  if (random.below(2) === 0) return {};
  const control = new AbortController();
  world.clock.after(random.below(20), () => control.abort(new GaveUp()));
  return { signal: control.signal };
}

class GaveUp extends Error {}

const OPERATIONS: Readonly<Record<string, { readonly weight: number; readonly run: Operation }>> = {
  swap: {
    weight: 10,
    run: (world, key, random) =>
      world.lifecycle.swap('adapter', key, { provider: providerOf(random), ...patience(world, random) }),
  },
  'to the winner': {
    weight: 2,
    run: (world, key, random) => world.lifecycle.swap('adapter', key, patience(world, random)),
  },
  rollback: {
    weight: 2,
    run: (world, key, random) => world.lifecycle.rollback('adapter', key, patience(world, random)),
  },
  select: {
    weight: 4,
    run: (world, key, random) => {
      const provider = providerOf(random);
      return world.registry.select(
        'adapter',
        key,
        random.below(2) === 0 ? provider : { provider, policy: 'prefer' },
      );
    },
  },
  clear: { weight: 2, run: (world, key) => world.registry.clearSelection('adapter', key) },
  mark: {
    weight: 2,
    run: async (world, key, random) => {
      const { registry } = world;
      const candidates = registry.explain('adapter', key).question.facts.candidates;
      const candidate = candidates[random.below(candidates.length)];
      if (candidate === undefined) return;
      await registry.mark(candidate, 'DISABLED', 'for a while');
      await world.sleep(random.below(30));
      await registry.mark(candidate, 'DISABLED', null);
    },
  },
  unregister: {
    weight: 2,
    run: async (world, key, random) => {
      const provider = providerOf(random);
      const registration = world.registrations.get(`${key}-${provider}`);
      if ((await registration?.unregister()) !== true) return;
      await world.sleep(random.below(30));
      await world.register(Number(key.slice(1)), provider);
    },
  },
  pause: {
    weight: 1,
    run: async (world, key, random) => {
      await world.lifecycle.pause('adapter', key, { reason: 'for a while' });
      await world.sleep(random.below(15));
      await world.lifecycle.resume('adapter', key);
    },
  },
  drain: {
    weight: 1,
    run: async (world, key) => {
      try {
        await world.lifecycle.drain('adapter', key);
      } finally {
        await world.lifecycle.resume('adapter', key);
      }
    },
  },
  probe: {
    weight: 2,
    run: (world, key, random) => world.lifecycle.probe('adapter', key, patience(world, random)),
  },
};

/** Also stops what runs, and starts it again. */
const STOPPING: typeof OPERATIONS = {
  ...OPERATIONS,
  deactivate: {
    weight: 3,
    run: (world, key, random) =>
      world.lifecycle.deactivate('adapter', key, {
        dependents: random.below(2) === 0 ? 'stop' : 'refuse',
        ...patience(world, random),
      }),
  },
  activate: {
    weight: 4,
    run: (world, key, random) => world.lifecycle.activate('adapter', key, patience(world, random)),
  },
};

function pick(random: Random, stops: boolean): Operation {
  const all = Object.values(stops ? STOPPING : OPERATIONS);
  const [first] = all;
  let left = random.below(all.reduce((sum, { weight }) => sum + weight, 0));
  const picked = all.find(({ weight }) => (left -= weight) < 0) ?? first;
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked.run;
}

/** One who does things at random, one after the other, until told to stop. */
export async function operate(
  world: SoakWorld,
  seed: number,
  isOver: () => boolean,
  { stops = false } = {},
): Promise<void> {
  const random = randomFrom(seed);
  while (!isOver()) {
    const key = world.keys[random.below(world.keys.length)] ?? 'k0';
    try {
      await pick(random, stops)(world, key, random);
    } catch (error) {
      if (!(error instanceof GaveUp) && !OneiricError.is(error))
        world.wrong(`an operation on ${key} failed without a code: ${String(error)}`);
    }
    await world.sleep(1 + random.below(3));
  }
}
