import { MARK_CODES } from '../../src/decision/mark.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { quiet, rejectionOf } from '../concurrency/harness/turns.js';
import { offer, plugin } from './harness/offer.js';
import { seen } from './harness/seen.js';

const P = plugin('p');

describe('mark', () => {
  it.each(MARK_CODES)(
    '%s takes a candidate out of the decision with its detail, and null lets it back in',
    async (code) => {
      const registry = new CandidateRegistry();
      await registry.registerCandidate(offer({ provider: 'next' }));
      const { candidate } = await registry.registerCandidate(offer({ provider: 'best', priority: 1 }));
      await registry.mark(candidate, code, { since: 'today', attempts: 3 });
      expect(registry.resolve('adapter', 'cache')?.provider).toBe('next');
      expect(registry.explain('adapter', 'cache').candidates).toMatchObject([
        { provider: 'next', state: 'active' },
        { provider: 'best', state: 'filtered', code, actual: { since: 'today', attempts: 3 } },
      ]);
      await registry.mark(candidate, code, null);
      expect(registry.resolve('adapter', 'cache')).toBe(candidate);
      expect(registry.revision).toBe(4);
    },
  );

  it('of one code stays when another one is cleared', async () => {
    const registry = new CandidateRegistry();
    const { candidate } = await registry.registerCandidate(offer());
    for (const code of MARK_CODES) await registry.mark(candidate, code, code.toLowerCase());
    for (const [index, code] of MARK_CODES.entries()) {
      expect(registry.explain('adapter', 'cache').candidates).toMatchObject([
        { code, actual: code.toLowerCase() },
      ]);
      await registry.mark(candidate, code, null);
      expect(registry.resolve('adapter', 'cache')).toBe(
        index === MARK_CODES.length - 1 ? candidate : undefined,
      );
    }
  });

  it('that says what is marked already, or clears what is not, makes no revision and no event', async () => {
    const registry = new CandidateRegistry();
    const { candidate } = await registry.registerCandidate(offer());
    await registry.mark(candidate, 'PAUSED', { by: ['ops', { at: 1 }] });
    const events: number[] = [];
    using _ = registry.on('changed', ({ revision }) => events.push(revision));
    await registry.mark(candidate, 'PAUSED', { by: ['ops', { at: 1 }] });
    await registry.mark(candidate, 'DISABLED', null);
    await quiet();
    expect(registry.revision).toBe(2);
    expect(events).toEqual([]);
    await registry.mark(candidate, 'PAUSED', { by: ['ops', { at: 2 }] });
    expect(registry.revision).toBe(3);
  });

  it('marks one of two candidates of the same provider, the one it was given', async () => {
    const registry = new CandidateRegistry();
    const [first, second] = await registry.registerAll([offer(), offer()]);
    await registry.mark(second!.candidate, 'UNHEALTHY', 'x');
    expect(registry.resolve('adapter', 'cache')).toBe(first!.candidate);
  });

  it('is kept by the candidate that its source puts in the place of the marked one', async () => {
    const registry = new CandidateRegistry();
    const first = await registry.registerCandidate(offer({ source: P }));
    await registry.mark(first.candidate, 'DISABLED', 'by hand');
    const second = await registry.registerCandidate(offer({ source: P, priority: 1 }));
    expect(registry.explain('adapter', 'cache').candidates).toMatchObject([
      { code: 'DISABLED', actual: 'by hand', rank: { priority: 1 } },
    ]);
    await registry.replaceSource(P, [offer({ priority: 2 })]);
    expect(registry.resolve('adapter', 'cache')).toBeUndefined();
    await registry.mark(second.candidate, 'DISABLED', null);
    expect(registry.resolve('adapter', 'cache')?.priority).toBe(2);
  });

  it('goes with its candidate: one that is registered later in its place starts without', async () => {
    const registry = new CandidateRegistry();
    const { candidate, unregister } = await registry.registerCandidate(offer({ source: P }));
    await registry.registerCandidate(offer({ provider: 'other', priority: -1 }));
    await registry.mark(candidate, 'EXPIRED', 'yesterday');
    await unregister();
    const { candidate: again } = await registry.registerCandidate(offer({ source: P }));
    expect(registry.resolve('adapter', 'cache')).toBe(again);
    await registry.mark(again, 'EXPIRED', 'today');
    await registry.replaceSource(P, []);
    await registry.registerCandidate(offer({ source: P }));
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('default');
  });

  it('makes what requires the candidate yield as well', async () => {
    const registry = new CandidateRegistry();
    const { candidate } = await registry.registerCandidate(offer({ domain: 'service', key: 'net' }));
    await registry.registerCandidate(offer({ requires: ['service/net'] }));
    await registry.mark(candidate, 'NOT_TRUSTED', 'no signature');
    expect(registry.explain('adapter', 'cache').candidates).toMatchObject([{ code: 'REQUIREMENT_MISSING' }]);
  });

  it('keeps a frozen copy of its detail', async () => {
    const registry = new CandidateRegistry();
    const { candidate } = await registry.registerCandidate(offer());
    const detail = { attempts: [1] };
    await registry.mark(candidate, 'UNHEALTHY', detail);
    detail.attempts.push(2);
    expect(registry.explain('adapter', 'cache').candidates).toMatchObject([{ actual: { attempts: [1] } }]);
  });
});

describe('a candidate to mark', () => {
  it('that is registered no more is refused', async () => {
    const registry = new CandidateRegistry();
    const { candidate, unregister } = await registry.registerCandidate(offer({ source: P }));
    await unregister();
    expect(await rejectionOf(registry.mark(candidate, 'PAUSED', 'x'))).toMatchObject({
      code: 'ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN',
      details: { domain: 'adapter', key: 'cache', provider: 'default', sequence: 1 },
    });
    await registry.registerCandidate(offer({ source: P }));
    expect(await rejectionOf(registry.mark(candidate, 'PAUSED', 'x'))).toMatchObject({
      code: 'ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN',
    });
    expect(registry.revision).toBe(3);
  });

  it('of another registry is refused', async () => {
    const [one, two] = [new CandidateRegistry(), new CandidateRegistry()];
    const { candidate } = await one.registerCandidate(offer());
    await two.registerCandidate(offer());
    expect(await rejectionOf(two.mark(candidate, 'PAUSED', 'x'))).toMatchObject({
      code: 'ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN',
    });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a provider name', 'redis'],
    ['a number', 1],
    ['an empty object', {}],
    ['an object with a sequence number only', { sequence: 1 }],
    ['an object with half of the names', { domain: 'adapter', key: 'cache', sequence: 1 }],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          get() {
            throw new Error('no');
          },
        },
      ),
    ],
    ['a revoked proxy', revoked()],
  ])('that is %s is refused', async (_what, candidate) => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ source: P }));
    const error = await rejectionOf(registry.mark(candidate as never, 'PAUSED', 'x'));
    expect(error).toMatchObject({ code: 'ONEIRIC_REGISTRY_MARK_INVALID' });
    expect(registry.revision).toBe(1);
  });
});

describe('what a mark says', () => {
  it.each([
    ['an unknown code', 'PAUSE', 'x', /did you mean "PAUSED"\?/],
    ['a code in small letters', 'paused', 'x', /did you mean "PAUSED"\?/],
    ['no code', undefined, 'x', /one of DISABLED, PAUSED/],
    ['a code of the filter itself', 'CONFLICT', 'x', /one of DISABLED/],
    ['a name of Object.prototype', 'constructor', 'x', /one of DISABLED/],
    ['no detail', 'PAUSED', undefined, /null to clear/],
    ['a number as detail', 'PAUSED', 5, /null to clear/],
    ['a list as detail', 'PAUSED', ['x'], /null to clear/],
    ['a function inside the detail', 'PAUSED', { at: () => 1 }, /JSON/],
    ['a date as detail', 'PAUSED', new Date(0), /JSON/],
    [
      'a detail that throws',
      'PAUSED',
      {
        get at() {
          throw new Error('no');
        },
      },
      /null to clear/,
    ],
  ])('is refused when it is %s', async (_what, code, detail, message) => {
    const registry = new CandidateRegistry();
    const { candidate } = await registry.registerCandidate(offer());
    const before = seen(registry);
    const error = await rejectionOf(registry.mark(candidate, code as never, detail as never));
    expect(error).toMatchObject({
      code: 'ONEIRIC_REGISTRY_MARK_INVALID',
      message: expect.stringMatching(message) as string,
    });
    expect(seen(registry)).toEqual(before);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
