import { describe, expect, it } from '@jest/globals';

import type { CandidateInput } from '../../../src/decision/candidate.js';
import { coded } from '../../registry/harness/coded.js';
import { Bench, refusal } from './bench.js';

const AT = ['adapter', 'cache'] as const;

interface BadCase {
  readonly name: string;
  readonly input: (bench: Bench) => Partial<CandidateInput>;
  /** The code of what caused the failure; a text for an error of others. */
  readonly cause: string;
  readonly phase: 'build' | 'health';
  readonly passMs?: number;
}

const liar = (then: (resolve: (value: unknown) => void) => void) => () => ({ then }) as never;

const CASES: readonly BadCase[] = [
  {
    name: 'a factory that throws',
    input: () => ({
      factory: () => {
        throw new Error('no memory');
      },
    }),
    cause: 'no memory',
    phase: 'build',
  },
  {
    name: 'a factory that throws undefined',
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- foreign code does it
    input: () => ({ factory: () => Promise.reject(undefined) }),
    cause: '',
    phase: 'build',
  },
  {
    name: 'a factory that never settles',
    input: ({ hang }) => ({ factory: () => hang() }),
    cause: 'ONEIRIC_LIFECYCLE_TIMEOUT',
    phase: 'build',
    passMs: 30_000,
  },
  {
    name: 'a factory that gives nothing',
    input: () => ({ factory: () => undefined }),
    cause: 'ONEIRIC_LIFECYCLE_RESULT_INVALID',
    phase: 'build',
  },
  {
    name: 'a factory that gives null',
    input: () => ({ factory: () => Promise.resolve(null) }),
    cause: 'ONEIRIC_LIFECYCLE_RESULT_INVALID',
    phase: 'build',
  },
  {
    name: 'a factory that gives a thenable which throws',
    input: () => ({
      factory: liar(() => {
        throw new Error('then threw');
      }),
    }),
    cause: 'then threw',
    phase: 'build',
  },
  {
    name: 'a factory that gives a thenable which never calls back',
    input: () => ({ factory: liar(() => undefined) }),
    cause: 'ONEIRIC_LIFECYCLE_TIMEOUT',
    phase: 'build',
    passMs: 30_000,
  },
  {
    name: 'a health check that throws',
    input: () => ({
      health: () => {
        throw new Error('no ping');
      },
    }),
    cause: 'no ping',
    phase: 'health',
  },
  {
    name: 'a health check that hangs',
    input: ({ hang }) => ({ health: () => hang<boolean>() }),
    cause: 'ONEIRIC_LIFECYCLE_TIMEOUT',
    phase: 'health',
    passMs: 5000,
  },
  {
    name: 'a health check that says neither yes nor no',
    input: () => ({ health: () => 'fine' as unknown as boolean }),
    cause: 'ONEIRIC_LIFECYCLE_RESULT_INVALID',
    phase: 'health',
  },
  {
    name: 'a health check that says no',
    input: () => ({ health: () => Promise.resolve(false) }),
    cause: 'ONEIRIC_LIFECYCLE_UNHEALTHY',
    phase: 'health',
  },
];

describe('what fails before the new one is bound', () => {
  for (const { name, input, cause, phase, passMs = 0 } of CASES) {
    it(`${name} starts nothing, says why, and can be tried again`, async () => {
      await using bench = new Bench();
      const bad = await bench.offer('bad', input(bench));
      const start = bench.lifecycle.activate(...AT);
      start.catch(() => undefined);
      await bench.pass(passMs);
      const error = await refusal(start);
      expect(error).toEqual(coded('ONEIRIC_LIFECYCLE_FAILED'));
      expect(error.details).toMatchObject({ provider: 'bad', phase, operation: 'activate', serving: null });
      expect(error.cause?.code ?? error.cause?.message ?? '').toBe(cause);
      expect(bench.built.every(({ closed }) => closed === 1)).toBe(true);
      expect(bench.lifecycle.status(...AT)).toMatchObject({ state: 'failed', attempts: 1 });
      await bad.unregister();
      await bench.offer('good');
      expect(await bench.lifecycle.activate(...AT)).toMatchObject({ provider: 'good' });
      expect(bench.lifecycle.status(...AT)).toMatchObject({ state: 'ready', failure: null, attempts: 0 });
    });

    it(`${name} is not swapped in, and the old one goes on`, async () => {
      await using bench = new Bench({ follow: false });
      await bench.offer('good');
      await bench.lifecycle.activate(...AT);
      await bench.offer('bad', input(bench));
      const swap = bench.lifecycle.swap(...AT, { provider: 'bad' });
      swap.catch(() => undefined);
      await bench.pass(passMs);
      const error = await refusal(swap);
      expect(error.details).toMatchObject({ provider: 'bad', phase, operation: 'swap', serving: 'good' });
      expect(bench.lifecycle.live(...AT).peek()).toMatchObject({ provider: 'good', closed: 0 });
      expect(bench.closedOf('bad').every((closed) => closed === 1)).toBe(true);
    });
  }

  it('a thenable that resolves twice gives one instance', async () => {
    await using bench = new Bench();
    const factory = liar((resolve) => {
      resolve(bench.thing('first'));
      resolve(bench.thing('second'));
    });
    await bench.offer('twice', { factory });
    expect(await bench.lifecycle.activate(...AT)).toMatchObject({ provider: 'first' });
  });

  it('an instance that comes after its time limit is closed, once', async () => {
    await using bench = new Bench();
    let give: (thing: unknown) => void = () => undefined;
    await bench.offer('late', { factory: () => new Promise((resolve) => (give = resolve)) });
    const start = bench.lifecycle.activate(...AT);
    start.catch(() => undefined);
    await bench.pass(30_000);
    await refusal(start);
    give(bench.thing('late'));
    await bench.pass(0);
    expect(bench.closedOf('late')).toEqual([1]);
  });

  it('what loads a factory and gives none is told so', async () => {
    await using bench = new Bench({ loadFactory: () => 'no factory' as never });
    await bench.offer('referred', { factory: 'some-package#cache' });
    const error = await refusal(bench.lifecycle.activate(...AT));
    expect(error.cause).toEqual(coded('ONEIRIC_LIFECYCLE_RESULT_INVALID'));
  });

  it('a reference without anything that loads it is told so', async () => {
    await using bench = new Bench();
    await bench.offer('referred', { factory: 'some-package#cache' });
    const error = await refusal(bench.lifecycle.activate(...AT));
    expect(error.cause).toEqual(coded('ONEIRIC_LIFECYCLE_FACTORY_NOT_LOADED'));
  });

  for (const scope of ['transient', 'scoped'] as const) {
    it(`what is ${scope} is not started`, async () => {
      await using bench = new Bench();
      await bench.offer('many', { scope });
      expect(await refusal(bench.lifecycle.activate(...AT))).toEqual(coded('ONEIRIC_LIFECYCLE_SCOPE'));
    });
  }

  for (const [name, handover, passMs] of [
    ['fails', () => Promise.reject(new Error('no room')), 0],
    ['hangs', () => new Promise<void>(() => undefined), 30_000],
  ] as const) {
    it(`a handover that ${name} leaves the old one serving, and calls are let through again`, async () => {
      await using bench = new Bench({ follow: false });
      await bench.offer('old');
      await bench.lifecycle.activate(...AT);
      await bench.offer('new', { handover });
      const swap = bench.lifecycle.swap(...AT, { provider: 'new' });
      swap.catch(() => undefined);
      await bench.pass(passMs);
      expect((await refusal(swap)).details).toMatchObject({ phase: 'handover', serving: 'old' });
      expect(await bench.lifecycle.live(...AT).use((it) => (it as { provider: string }).provider)).toBe(
        'old',
      );
      expect(bench.closedOf('new')).toEqual([1]);
    });

    it(`a preSwap hook that ${name} leaves the old one serving`, async () => {
      await using bench = new Bench({ follow: false, hooks: { preSwap: handover } });
      await bench.offer('old');
      await bench.lifecycle.activate(...AT);
      await bench.offer('new');
      const swap = bench.lifecycle.swap(...AT, { provider: 'new' });
      swap.catch(() => undefined);
      await bench.pass(passMs);
      expect((await refusal(swap)).details).toMatchObject({ phase: 'preSwap', serving: 'old' });
      expect(bench.closedOf('new')).toEqual([1]);
    });
  }
});

describe('a handover that failed', () => {
  it('lets calls go on before the new one is closed, which may take its time', async () => {
    await using bench = new Bench({ follow: false });
    await bench.offer('old');
    await bench.lifecycle.activate(...AT);
    await bench.offer('new', {
      factory: () => ({ close: () => bench.hang() }),
      handover: () => Promise.reject(new Error('no room')),
    });
    const swap = bench.lifecycle.swap(...AT, { provider: 'new' });
    swap.catch(() => undefined);
    await bench.pass(0);
    const { proxy } = bench.lifecycle.live(...AT);
    expect((proxy as { readonly provider: string }).provider).toBe('old');
  });
});

describe('what fails after the new one is bound is told, and the new one serves', () => {
  it('calls that do not end in time', async () => {
    await using bench = new Bench({ follow: false });
    await bench.offer('old');
    await bench.offer('new');
    await bench.lifecycle.swap(...AT, { provider: 'old' });
    void bench.lifecycle.live(...AT).use(() => bench.hang());
    const swap = bench.lifecycle.swap(...AT, { provider: 'new' });
    await bench.pass(29_999);
    expect(bench.closedOf('old')).toEqual([0]);
    expect(bench.lifecycle.status(...AT).retiring).toMatchObject([{ provider: 'old', inFlight: 1 }]);
    await bench.pass(1);
    const { outcome, problems } = await swap;
    expect(outcome).toBe('swapped');
    expect(problems).toMatchObject([
      { details: { phase: 'drain', serving: 'new' }, cause: coded('ONEIRIC_LIFECYCLE_DRAIN_TIMEOUT') },
    ]);
    expect(bench.closedOf('old')).toEqual([1]);
  });

  const cleanups: Readonly<Record<string, object>> = {
    throws: {
      close: () => {
        throw new Error('no end');
      },
    },
    'has a getter that throws': {
      get close(): never {
        throw new Error('no end');
      },
    },
    hangs: { close: () => new Promise(() => undefined) },
  };
  for (const [name, instance] of Object.entries(cleanups)) {
    it(`a cleanup that ${name}`, async () => {
      await using bench = new Bench({ follow: false });
      await bench.offer('old', { factory: () => instance });
      await bench.offer('new');
      await bench.lifecycle.swap(...AT, { provider: 'old' });
      const swap = bench.lifecycle.swap(...AT, { provider: 'new' });
      await bench.pass(10_000);
      const { problems } = await swap;
      expect(problems).toMatchObject([{ details: { phase: 'cleanup', provider: 'old', serving: 'new' } }]);
      expect(bench.failures).toEqual(problems);
    });
  }

  it('a postSwap hook that throws', async () => {
    const hooks = { postSwap: () => Promise.reject(new Error('no cake')) };
    await using bench = new Bench({ follow: false, hooks });
    await bench.offer('old');
    await bench.offer('new');
    await bench.lifecycle.swap(...AT, { provider: 'old' });
    const { problems } = await bench.lifecycle.swap(...AT, { provider: 'new' });
    expect(problems).toMatchObject([{ details: { phase: 'postSwap', provider: 'new', serving: 'new' } }]);
  });

  it('an object that throws when it is asked for what it does not have is closed without a complaint', async () => {
    await using bench = new Bench();
    const strict = new Proxy(
      {},
      {
        get: (_, name) => {
          if (name === 'then') return undefined;
          throw new Error(`no ${String(name)}`);
        },
      },
    );
    await bench.offer('strict', { factory: () => strict });
    await bench.lifecycle.activate(...AT);
    await bench.lifecycle.deactivate(...AT);
    expect(bench.failures).toEqual([]);
  });
});
