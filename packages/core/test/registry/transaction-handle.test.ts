import { AsyncResource } from 'node:async_hooks';
import { OneiricError } from '../../src/errors/oneiric-error.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { Gate } from '../concurrency/harness/gate.js';
import { rejectionOf } from '../concurrency/harness/turns.js';
import { coded } from './harness/coded.js';
import { offer, plugin } from './harness/offer.js';
import { providersOf } from './harness/seen.js';

type Call = readonly [method: string, call: (tx: CandidateRegistry, candidate: never) => unknown];

const writes: readonly Call[] = [
  ['registerCandidate', (tx) => tx.registerCandidate(offer())],
  ['registerAll', (tx) => tx.registerAll([offer()])],
  ['replaceSource', (tx) => tx.replaceSource(plugin('p'), [])],
  ['transaction', (tx) => tx.transaction(() => 1)],
  ['select', (tx) => tx.select('adapter', 'cache', 'x')],
  ['clearSelection', (tx) => tx.clearSelection('adapter', 'cache')],
  ['mark', (tx, candidate) => tx.mark(candidate, 'PAUSED', 'x')],
];
const reads: readonly Call[] = [
  ['resolve', (tx) => tx.resolve('adapter', 'cache')],
  ['require', (tx) => tx.require('adapter', 'cache')],
  ['explain', (tx) => tx.explain('adapter', 'cache')],
  ['listActive', (tx) => tx.listActive()],
  ['listShadowed', (tx) => tx.listShadowed('adapter')],
  ['keys', (tx) => tx.keys()],
  ['snapshot', (tx) => tx.snapshot()],
  ['revision', (tx) => tx.revision],
  ['on', (tx) => tx.on('changed', () => undefined)],
];

async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    return await rejectionOf(Promise.resolve(call()));
  } catch (error) {
    return error;
  }
}

describe.each([...writes, ...reads])('%s on the object of a transaction', (method, call) => {
  it('says ONEIRIC_REGISTRY_TX_CLOSED after the transaction, committed or not', async () => {
    const registry = new CandidateRegistry();
    const { candidate } = await registry.registerCandidate(offer());
    let tx: CandidateRegistry | undefined;
    await registry.transaction((own) => void (tx = own));
    const committed = await failureOf(() => call(tx!, candidate as never));
    await registry
      .transaction((own) => Promise.reject(Object.assign(new Error('no'), { own: (tx = own) })))
      .catch(() => undefined);
    const undone = await failureOf(() => call(tx!, candidate as never));
    for (const error of [committed, undone]) {
      expect(OneiricError.is(error, 'ONEIRIC_REGISTRY_TX_CLOSED') && error.details).toEqual({ method });
    }
  });

  it('says ONEIRIC_REGISTRY_TX_FOREIGN outside the async context of the transaction', async () => {
    const registry = new CandidateRegistry();
    const { candidate } = await registry.registerCandidate(offer());
    const [entered, go] = [new Gate(), new Gate()];
    let tx: CandidateRegistry | undefined;
    const before = new AsyncResource('before');
    const running = registry.transaction(async (own) => {
      tx = own;
      const fromResource = await failureOf(() => before.runInAsyncScope(() => call(own, candidate as never)));
      expect(OneiricError.is(fromResource, 'ONEIRIC_REGISTRY_TX_FOREIGN')).toBe(true);
      entered.open();
      await go.passed;
    });
    await entered.passed;
    const atOnce = await failureOf(() => call(tx!, candidate as never));
    const inTimer = await new Promise<unknown>((resolve) => {
      setTimeout(() => void failureOf(() => call(tx!, candidate as never)).then(resolve), 0);
    });
    for (const error of [atOnce, inTimer]) {
      expect(OneiricError.is(error, 'ONEIRIC_REGISTRY_TX_FOREIGN') && error.details).toEqual({ method });
    }
    go.open();
    await running;
    expect(registry.revision).toBe(1);
  });
});

describe('the object of a transaction', () => {
  it('works in everything that its work starts, a timer included', async () => {
    const registry = new CandidateRegistry();
    await registry.transaction(async (tx) => {
      await new Promise<unknown>((resolve) => {
        setTimeout(() => resolve(tx.registerCandidate(offer({ provider: 'timer' }))), 0);
      });
      await tx.transaction(() => tx.registerCandidate(offer({ provider: 'inner' })));
    });
    expect(providersOf(registry)).toEqual(['inner', 'timer']);
    expect(registry.revision).toBe(1);
  });

  it('of a savepoint is foreign to the code around it', async () => {
    const registry = new CandidateRegistry();
    await registry.transaction(async (tx) => {
      const [entered, go] = [new Gate(), new Gate()];
      let inner: CandidateRegistry | undefined;
      const nested = tx.transaction(async (own) => {
        inner = own;
        entered.open();
        await go.passed;
      });
      await entered.passed;
      expect(() => inner!.resolve('adapter', 'cache')).toThrow(coded('ONEIRIC_REGISTRY_TX_FOREIGN'));
      expect(await rejectionOf(inner!.registerCandidate(offer()))).toMatchObject({
        code: 'ONEIRIC_REGISTRY_TX_FOREIGN',
      });
      go.open();
      await nested;
      expect(() => inner!.resolve('adapter', 'cache')).toThrow(coded('ONEIRIC_REGISTRY_TX_CLOSED'));
    });
  });

  it('of one registry is no transaction of another one', async () => {
    const [one, two] = [new CandidateRegistry(), new CandidateRegistry()];
    await one.transaction(async () => {
      await two.registerCandidate(offer());
      expect(two.revision).toBe(1);
      expect(one.keys()).toEqual([]);
    });
    expect(one.revision).toBe(0);
  });

  it('never throws synchronously from a method that returns a promise', async () => {
    const registry = new CandidateRegistry();
    let tx: CandidateRegistry | undefined;
    await registry.transaction((own) => void (tx = own));
    const results = writes.map(([, call]) => call(tx!, {} as never) as Promise<unknown>);
    expect(results.every((result) => result instanceof Promise)).toBe(true);
    for (const result of results)
      expect(await rejectionOf(result)).toMatchObject({ code: 'ONEIRIC_REGISTRY_TX_CLOSED' });
  });
});
