import { Container, injectable } from 'inversify';

import { bindRegistry } from '../../../src/container/bind-registry.js';
import { InjectCandidate } from '../../../src/container/inject-candidate.js';
import { Resolver } from '../../../src/container/resolver.js';
import { defineKey } from '../../../src/registry/define-key.js';

interface Mail {
  readonly tries: number;
}
const MAIL = defineKey<Mail>('adapter', 'mail');

@injectable()
class SignUp {
  readonly mail: Mail;
  constructor(@InjectCandidate(MAIL) mail: Mail) {
    this.mail = mail;
  }
}

/** An application whose own singleton needs something that cannot be started the first time. */
async function application() {
  const resolver = new Resolver();
  let tries = 0;
  await resolver.register({
    ...MAIL,
    factory: async () => {
      if (++tries === 1) throw new Error('the network is down');
      return { tries };
    },
  });
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(SignUp).toSelf();
  const binding = bindRegistry(container, resolver);
  const dispose = async (): Promise<void> => {
    binding[Symbol.dispose]();
    await resolver.dispose();
  };
  return { resolver, container, [Symbol.asyncDispose]: dispose };
}

describe('the trap of the poisoned singleton, in a class that is the application’s own', () => {
  it('is Inversify’s where getAsync of the class is what starts its adapter: the class fails for ever', async () => {
    await using app = await application();
    await expect(app.container.getAsync(SignUp)).rejects.toThrow('the network is down');
    await app.resolver.getAsync(MAIL);
    await expect(app.container.getAsync(SignUp)).rejects.toThrow('the network is down');
  });

  it('is not met where the adapter is started first: what failed is tried again, and get builds the class at once', async () => {
    await using app = await application();
    await expect(app.resolver.getAsync(MAIL)).rejects.toThrow('the network is down');
    await app.resolver.getAsync(MAIL);
    expect(app.container.get(SignUp).mail.tries).toBe(2);
  });
});
