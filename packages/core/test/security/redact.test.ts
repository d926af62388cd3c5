import { isSecretName, redactJson, redactText } from '../../src/security/redact.js';

describe('a text from elsewhere', () => {
  it.each([
    ['redis://admin:hunter2@10.0.0.1:6379/0', 'redis://[redacted]@10.0.0.1:6379/0'],
    ['postgres://hunter2@db and https://x:hunter2@y', 'postgres://[redacted]@db and https://[redacted]@y'],
    ['Authorization: Bearer hunter2.hunter2', 'Authorization: [redacted] [redacted]'],
    ['sent bearer hunter2hunter2 to it', 'sent bearer [redacted] to it'],
    ['password=hunter2, host=cache', 'password=[redacted], host=cache'],
    ['DB_PASSWORD = "hunter2 hunter2" port=1', 'DB_PASSWORD = [redacted] port=1'],
    ['{"api_key":"hunter2","host":"cache"}', '{"api_key":[redacted],"host":"cache"}'],
    ['--token=hunter2', '--token=[redacted]'],
    ['Server=db;Pwd=hunter2;Encrypt=true', 'Server=db;Pwd=[redacted];Encrypt=true'],
    ['access_key: hunter2', 'access_key: [redacted]'],
    ['password: env:hunter2!', 'password: [redacted]'],
  ])('loses what looks like a secret: %s', (text, redacted) => {
    expect(redactText(text)).not.toContain('hunter2');
    expect(redactText(text)).toBe(redacted);
  });

  it.each([
    'connect ECONNREFUSED 10.0.0.1:6379',
    'see https://example.com/a@b and me@example.com',
    'the token expired',
    'password: env:REDIS_PASSWORD',
    '{ "password": "env:REDIS_PASSWORD" }',
    'key password=file:/run/secrets/redis',
    'passing 3 of 4 checks',
    '',
  ])('keeps everything else: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('is read in little more time than its length takes', () => {
    const texts = [
      'a'.repeat(100_000),
      'password'.repeat(10_000),
      '://'.repeat(30_000),
      `token${' '.repeat(100_000)}`,
    ];
    expect(texts.map((text) => redactText(text).length)).toEqual(texts.map(({ length }) => length));
  });
});

describe('a name', () => {
  it.each([
    'password',
    'pass',
    'db_pass',
    'dbPass',
    'REDIS_PASS',
    'pwd',
    'accessKey',
    'secretAccessKey',
    'x.pass',
  ])('says that its value is a secret: %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['bypass', 'compass', 'passive', 'key', 'url', 'access'])(
    'says nothing of the kind: %s',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );
});

describe('data from elsewhere', () => {
  it('loses what stands under the name of a secret, at any depth, and is not changed itself', () => {
    const data = {
      host: 'cache',
      password: 'hunter2',
      nested: [{ apiKey: 1, url: 'redis://hunter2@cache' }, null, true, 3],
      secrets: { a: 1 },
    };
    const before = JSON.stringify(data);
    expect(redactJson(data)).toEqual({
      host: 'cache',
      password: '[redacted]',
      nested: [{ apiKey: '[redacted]', url: 'redis://[redacted]@cache' }, null, true, 3],
      secrets: '[redacted]',
    });
    expect(JSON.stringify(data)).toBe(before);
  });
});
