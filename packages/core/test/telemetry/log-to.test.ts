import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';

import { CHANNEL_CATALOGUE } from '../../src/channel-catalogue.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { createOneiric } from '../../src/create-oneiric.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { subscribe } from '../../src/subscribe.js';
import { LOG_LINES } from '../../src/telemetry/log-lines.js';
import { logTo } from '../../src/telemetry/log-to.js';

type Line = Readonly<Record<string, unknown>>;

/** The real pino, whose lines are kept. */
function keptLogger() {
  const lines: Line[] = [];
  const logger = pino(
    { level: 'debug' },
    { write: (text: string) => void lines.push(JSON.parse(text) as Line) },
  );
  return { logger, lines };
}

const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 };

describe('logTo', () => {
  let registry: CandidateRegistry;
  let lifecycle: LifecycleManager;

  beforeEach(async () => {
    registry = new CandidateRegistry();
    lifecycle = new LifecycleManager(registry);
    const cache = { domain: 'adapter', key: 'cache', factory: () => ({}) };
    await registry.registerAll([
      { ...cache, provider: 'redis', version: '2.1.0', priority: 50 },
      { ...cache, provider: 'memory' },
      { ...cache, provider: 'sick', health: () => false },
    ]);
  });

  afterEach(async () => {
    await lifecycle.close();
  });

  it('writes one JSON line for each event, with its channel, its data and a sentence', async () => {
    const { logger, lines } = keptLogger();
    using _ = logTo(logger, { registry, lifecycle });
    await lifecycle.activate('adapter', 'cache');
    await lifecycle.swap('adapter', 'cache', { provider: 'memory' });
    const told = lines.filter(({ level }) => level === LEVELS.info);
    expect(told).toMatchObject([
      {
        event: 'oneiric:lifecycle:activated',
        domain: 'adapter',
        key: 'cache',
        provider: 'redis',
        version: '2.1.0',
      },
      {
        event: 'oneiric:lifecycle:swapped',
        from: { provider: 'redis', version: '2.1.0' },
        to: { provider: 'memory', version: null },
      },
    ]);
    expect(told[0]?.['msg']).toMatch(/^adapter\/cache: redis 2\.1\.0 was started in /);
    expect(told[1]?.['msg']).toMatch(/^adapter\/cache: memory runs instead of redis 2\.1\.0 after /);
  });

  it('writes a failure as an error with its code, and the error under err', async () => {
    const { logger, lines } = keptLogger();
    using _ = logTo(logger, { registry });
    await expect(lifecycle.swap('adapter', 'cache', { provider: 'sick' })).rejects.toThrow();
    expect(lines.filter(({ level }) => level === LEVELS.error)).toMatchObject([
      {
        event: 'oneiric:lifecycle:failed',
        code: 'ONEIRIC_LIFECYCLE_FAILED',
        err: { type: 'OneiricError', code: 'ONEIRIC_LIFECYCLE_FAILED' },
      },
    ]);
  });

  it('leaves out what comes from another registry, and nothing where none is named', async () => {
    const [own, all] = [keptLogger(), keptLogger()];
    using _ = logTo(own.logger, { registry });
    using __ = logTo(all.logger);
    const other = new CandidateRegistry();
    await other.registerCandidate({ domain: 'service', key: 'clock', factory: () => ({}) });
    other.resolve('service', 'clock');
    expect(own.lines).toEqual([]);
    expect(all.lines.length).toBeGreaterThan(0);
  });

  it('writes nothing any more once it is disposed', async () => {
    const { logger, lines } = keptLogger();
    logTo(logger)[Symbol.dispose]();
    await lifecycle.activate('adapter', 'cache');
    expect(lines).toEqual([]);
  });

  it('lets a logger throw without harm, and tells so', async () => {
    const failed: string[] = [];
    using _ = subscribe('oneiric:listener-failed', ({ event }) => void failed.push(event));
    const broken = () => {
      throw new Error('disk full');
    };
    using __ = logTo({ debug: broken, info: broken, warn: broken, error: broken });
    await lifecycle.activate('adapter', 'cache');
    expect(failed).toContain('oneiric:lifecycle:activated');
  });

  it.each([undefined, null, {}, { info: () => undefined }])('refuses %p as a logger', (logger) => {
    expect(() => logTo(logger as never)).toThrow(
      expect.objectContaining({ code: 'ONEIRIC_OBSERVABILITY_OPTION_INVALID' }),
    );
  });

  it('refuses sources that there are none of', () => {
    expect(() => logTo(console, { registries: registry } as never)).toThrow(
      /nothing but registry, lifecycle/,
    );
    expect(() => logTo(console, { registry: 'mine' as never })).toThrow(/the registry that is meant/);
  });

  it('knows a line, or none, for every channel', () => {
    expect(Object.keys(LOG_LINES).sort()).toEqual(Object.keys(CHANNEL_CATALOGUE).sort());
  });
});

describe('createOneiric', () => {
  it('logs to its logger from the start to the end of closing, and only what is its own', async () => {
    const { logger, lines } = keptLogger();
    const oneiric = await createOneiric({
      config: {
        plugins: false,
        candidates: [{ domain: 'adapter', key: 'cache', provider: 'redis', factory: () => ({}) }],
      },
      logger,
    });
    await oneiric.lifecycle.activate('adapter', 'cache');
    await oneiric.close();
    const told = lines.filter(({ level }) => level === LEVELS.info).map(({ event }) => event);
    expect(told).toEqual(['oneiric:lifecycle:activated', 'oneiric:lifecycle:deactivated']);
    const before = lines.length;
    await new ReentrantLock({ longHoldMs: 1 }).runExclusive(
      () => new Promise((resolve) => setTimeout(resolve, 20)),
    );
    expect(lines.length).toBe(before);
  });

  it('refuses a logger that is none', async () => {
    await expect(createOneiric({ logger: { info: () => undefined } as never })).rejects.toMatchObject({
      code: 'ONEIRIC_LIFECYCLE_OPTION_INVALID',
    });
  });
});

describe('the library', () => {
  it('prints nothing itself', () => {
    const folder = new URL('../../src/', import.meta.url).pathname;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const printing = files.filter((file) =>
      withoutComments(readFileSync(join(folder, file), 'utf8')).match(
        /\bconsole\s*[.[]|process\.(stdout|stderr|emitWarning)|\bdebuglog\b/,
      ),
    );
    expect(files.length).toBeGreaterThan(200);
    expect(printing).toEqual([]);
  });
});

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
}
