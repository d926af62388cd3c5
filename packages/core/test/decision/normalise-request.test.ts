import { normaliseRequest, requestKey } from '../../src/decision/normalise-request.js';
import { PLAIN_REQUEST, type ResolveRequest } from '../../src/decision/request.js';
import { OneiricError } from '../../src/errors/oneiric-error.js';

const holed = ['kv', 'gone', 'ttl'];
Reflect.deleteProperty(holed, 1);

const refused = (request: unknown): OneiricError => {
  try {
    normaliseRequest(request as ResolveRequest);
  } catch (error) {
    if (OneiricError.is(error)) return error;
    throw error;
  }
  throw new Error('not refused');
};

describe('a request', () => {
  it.each([[undefined], [{}], [{ requireAll: false }], [{ capabilities: [] }], [{ provider: undefined }]])(
    'that asks for nothing in particular is the plain one: %j',
    (request) => {
      expect(normaliseRequest(request as ResolveRequest)).toBe(PLAIN_REQUEST);
    },
  );

  it('gets its defaults, and each capability once, in the order asked', () => {
    expect(normaliseRequest({ capabilities: ['ttl', 'kv', 'ttl'] })).toEqual({
      provider: null,
      capabilities: ['ttl', 'kv'],
      requireAll: true,
    });
    expect(normaliseRequest({ provider: 'redis', capabilities: ['kv'], requireAll: false })).toEqual({
      provider: 'redis',
      capabilities: ['kv'],
      requireAll: false,
    });
  });

  it('is frozen, and does not follow later changes of what it was made from', () => {
    const capabilities = ['kv'];
    const request = normaliseRequest({ capabilities });
    capabilities.push('ttl');
    expect(request.capabilities).toEqual(['kv']);
    expect([Object.isFrozen(request), Object.isFrozen(request.capabilities)]).toEqual([true, true]);
  });

  it.each([
    ['null', null, 'request is null; it has to be an object'],
    ['a text', 'redis', 'request is "redis"; it has to be an object'],
    ['an array', ['redis'], 'request is an array of 1; it has to be an object'],
    ['a function', () => 1, 'request is a function; it has to be an object'],
    ['a provider that is null', { provider: null }, 'request.provider is null'],
    ['a provider that is a number', { provider: 7 }, 'request.provider is 7'],
    [
      'capabilities that are a text',
      { capabilities: 'kv' },
      'request.capabilities is "kv"; it has to be an array',
    ],
    ['a capability that is no text', { capabilities: ['kv', 1] }, 'request.capabilities[1] is 1'],
    ['a hole among the capabilities', { capabilities: holed }, 'request.capabilities[1] is undefined'],
    [
      'a requireAll that is a text',
      { requireAll: 'false' },
      'request.requireAll is "false"; it has to be true or false',
    ],
  ])('is refused with its place and what was found: %s', (_, request, message) => {
    const error = refused(request);
    expect(error.code).toBe('ONEIRIC_DECISION_REQUEST_TYPE');
    expect(error.message).toContain(message);
  });

  it.each([
    ['an empty provider', { provider: '' }],
    ['a provider that is a path', { provider: '../redis' }],
    ['a provider of Object.prototype', { provider: '__proto__' }],
    ['a capability that is too long', { capabilities: ['k'.repeat(129)] }],
    ['a capability with a control character', { capabilities: ['k\u0000v'] }],
    ['a capability with a letter that only looks Latin', { capabilities: ['сache'] }],
  ])('is refused for a name that none can have: %s', (_, request) => {
    const error = refused(request);
    expect(error.code).toBe('ONEIRIC_DECISION_REQUEST_NAME');
    expect(error.message).toContain('A name is 1 to 128');
  });

  it.each([
    ['capability', 'capabilities'],
    ['providers', 'provider'],
    ['requireall', 'requireAll'],
  ])('is refused for an option that does not exist, with the nearest that does: %s', (name, nearest) => {
    const error = refused({ [name]: 'x' });
    expect(error.code).toBe('ONEIRIC_DECISION_REQUEST_OPTION');
    expect(error.message).toContain(`Did you mean "${nearest}"?`);
    expect(error.message).toContain('provider, capabilities, requireAll');
  });

  it('is refused for an option that resembles none, which is shown harmlessly', () => {
    const { message } = refused({ '\u001b[31m': 1 });
    expect(message).not.toContain('\u001b');
    expect(message).not.toContain('Did you mean');
  });

  it('has a key of its own', () => {
    const requests: readonly ResolveRequest[] = [
      {},
      { provider: 'a' },
      { capabilities: ['a'] },
      { capabilities: ['a', 'b'] },
      { capabilities: ['a', 'b'], requireAll: false },
      { provider: 'a', capabilities: ['b'] },
      { provider: 'a', requireAll: false },
    ];
    expect(new Set(requests.map((request) => requestKey(normaliseRequest(request))))).toHaveProperty(
      'size',
      7,
    );
    expect(requestKey(normaliseRequest({ provider: 'a' }))).toBe(
      requestKey(normaliseRequest({ provider: 'a' })),
    );
  });
});
