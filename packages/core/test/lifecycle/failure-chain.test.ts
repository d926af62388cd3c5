import { describe, expect, it } from '@jest/globals';
import { createError } from '../../src/errors/oneiric-error.js';
import { failureChain } from '../../src/lifecycle/failure-chain.js';
import { LIFECYCLE_ERRORS } from '../../src/lifecycle/lifecycle-errors.js';

describe('the chain of a failure', () => {
  it('tells the error, what caused it, and what caused that, with their codes', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:6379'), { code: 'ECONNREFUSED' });
    const lost = new TypeError('no connection', { cause: refused });
    const timeout = {
      domain: 'adapter',
      key: 'cache',
      provider: 'redis',
      phase: 'build',
      timeoutMs: 50,
    } as const;
    const error = createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_TIMEOUT', timeout, { cause: lost });
    expect(failureChain(error)).toEqual([
      { code: 'ONEIRIC_LIFECYCLE_TIMEOUT', message: error.message },
      { message: 'TypeError: no connection' },
      { code: 'ECONNREFUSED', message: 'Error: connect ECONNREFUSED 127.0.0.1:6379' },
    ]);
  });

  it('is of one link for what is no error', () => {
    expect(failureChain('just a text')).toEqual([{ message: '"just a text"' }]);
    expect(failureChain(null)).toEqual([{ message: 'null' }]);
  });

  it('is empty for nothing', () => {
    expect(failureChain(undefined)).toEqual([]);
  });

  it('goes on with the first error of several', () => {
    const error = new AggregateError([new Error('first'), new Error('second')], 'two things failed');
    expect(failureChain(error).map(({ message }) => message)).toEqual([
      'AggregateError: two things failed',
      'Error: first',
    ]);
  });

  it('ends where errors cause each other in a circle', () => {
    const [a, b] = [new Error('a'), new Error('b')];
    a.cause = b;
    b.cause = a;
    expect(failureChain(a)).toHaveLength(8);
  });

  it('has no secret of a message in it, also where the message is cut in the middle of it', () => {
    const url = `postgres://admin:hunter2@db/${'x'.repeat(600)}`;
    const late = `${'x'.repeat(490)} password=hunter2`;
    for (const message of [url, late, 'Bearer abcdefghij']) {
      const [link] = failureChain(new Error(message));
      expect(link?.message).not.toMatch(/hunter|abcdef/);
    }
  });

  it('has messages of one line that are not longer than 500 characters, without what steers a terminal', () => {
    const invalid = { option: `\u001B[31m\n${'x'.repeat(2000)}`, found: 'y', expected: 'z' };
    const [link] = failureChain(createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_OPTION_INVALID', invalid));
    expect(link?.message).toMatch(/^\\u\{1b\}\[31m x+…$/);
    expect(link?.message).toHaveLength(500);
  });

  it('takes for a code only what looks like one', () => {
    for (const code of [42, 'not a code', 'A'.repeat(65), 'token=abc']) {
      expect(failureChain(Object.assign(new Error('x'), { code }))).toEqual([{ message: 'Error: x' }]);
    }
  });

  it('survives an error that cannot be looked at', () => {
    const hostile = new Error('x');
    for (const name of ['message', 'cause', 'code', 'errors']) {
      Object.defineProperty(hostile, name, {
        get: () => {
          throw new Error('not for you');
        },
      });
    }
    expect(failureChain(hostile)).toEqual([{ message: 'an error that cannot be read' }]);
  });

  it('is frozen, and JSON as it is', () => {
    const chain = failureChain(new Error('outer', { cause: new Error('inner') }));
    expect([Object.isFrozen(chain), ...chain.map((link) => Object.isFrozen(link))]).toEqual([
      true,
      true,
      true,
    ]);
    expect(JSON.parse(JSON.stringify(chain))).toEqual(chain);
  });
});
