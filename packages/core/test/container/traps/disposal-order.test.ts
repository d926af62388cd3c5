import { Container } from 'inversify';

import { Resolver } from '../../../src/container/resolver.js';

const NAMES = ['database', 'repository', 'service'] as const;
const needsOf = (name: string): readonly string[] => {
  const at = NAMES.indexOf(name as (typeof NAMES)[number]);
  return NAMES.slice(Math.max(0, at - 1), Math.max(0, at));
};

describe('the trap of the order of disposal', () => {
  it('is there in Inversify: unbindAll closes in the order of registration, what others stand on first', () => {
    const closed: string[] = [];
    const container = new Container();
    for (const name of NAMES) {
      container
        .bind(name)
        .toResolvedValue((...needs: unknown[]) => ({ needs }), [...needsOf(name)])
        .inSingletonScope()
        .onDeactivation(() => {
          closed.push(name);
        });
    }
    container.get('service');
    container.unbindAll();
    expect(closed).toEqual(['database', 'repository', 'service']);
  });

  it.each([
    ['registered in order', NAMES],
    ['registered the other way round', [...NAMES].reverse()],
  ])('is not there in ours: dependents are closed before what they stand on, %s', async (_, names) => {
    const closed: string[] = [];
    const resolver = new Resolver();
    for (const name of names) {
      const inject = Object.fromEntries(needsOf(name).map((need) => [need, need]));
      const close = (): void => {
        closed.push(name);
      };
      await resolver.register({ domain: 'service', key: name, inject, factory: () => ({ close }) });
    }
    await resolver.getAsync('service', 'service');
    await resolver.dispose();
    expect(closed).toEqual(['service', 'repository', 'database']);
  });
});
