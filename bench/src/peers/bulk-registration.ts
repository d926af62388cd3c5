import { asFunction, createContainer } from 'awilix';
import { Container } from 'inversify';

import type { Contender } from '../harness/contender.js';

interface Offer {
  readonly domain: string;
  readonly key: string;
  readonly provider?: string;
}

const factory = (): object => ({});
const nameOf = ({ domain, key, provider }: Offer): string => `${domain}/${key}/${provider ?? 'default'}`;

/** A binding of a factory for each. */
export function inversifyBind(offers: readonly Offer[]): Contender {
  const names = offers.map(nameOf);
  return {
    run() {
      const container = new Container();
      for (const name of names) container.bind<object>(name).toDynamicValue(factory);
      return container;
    },
  };
}

/** A registration of a factory for each. */
export function awilixRegister(offers: readonly Offer[]): Contender {
  const names = offers.map(nameOf);
  return {
    run() {
      const container = createContainer();
      for (const name of names) container.register(name, asFunction(factory));
      return container;
    },
  };
}
