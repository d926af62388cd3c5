import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { CandidateRegistry, createError, LifecycleManager } from '@oneiric/core';
import { allowAttach, ATTACH_ERRORS, connectProcess } from '@oneiric/core/attach';
import type { Trigger } from './trigger.js';

const INFO = {
  ...{ pid: 4711, name: 'shop', startedAt: '2026-01-01T00:00:00.000Z', cwd: '/srv/shop', node: '24.0.0' },
  ...{ version: '1.0.0', protocol: 1 },
};

/** What looks like a process with this pid, for as long as something is done with it. */
async function withProcess(
  folder: string,
  { pid = 4711, info = INFO, otherwise }: { pid?: number; info?: object; otherwise?: RequestListener },
  work: () => unknown,
): Promise<void> {
  const server = createServer((asked, answer) => {
    if (asked.url === '/v1/process' || otherwise === undefined) answer.end(JSON.stringify(info));
    else otherwise(asked, answer);
  });
  server.listen(join(folder, `${String(pid)}.sock`));
  await once(server, 'listening');
  try {
    await work();
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** An application that can be attached to, for as long as something is done with it. */
async function withApplication(
  directory: string,
  work: (socket: string, registry: CandidateRegistry, close: () => Promise<void>) => unknown,
  changes: object = {},
): Promise<void> {
  const registry = new CandidateRegistry();
  const lifecycle = Object.assign(new LifecycleManager(registry), changes);
  const server = await allowAttach({ registry, lifecycle }, { directory, name: 'shop' });
  try {
    await work(server.socket, registry, () => server.close());
  } finally {
    await server.close();
    await lifecycle.close();
  }
}

interface Asked {
  readonly socketPath: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As `curl --unix-socket` asks; throws what it is answered. */
async function ask(options: Asked, body = ''): Promise<never> {
  const asked = request({ ...options, agent: false }).end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const { error } = JSON.parse(await text(response)) as { error: { code: string; message: string } };
  throw Object.assign(new Error(error.message), { code: error.code });
}

/** One way to each error of attaching. */
export const ATTACH_TRIGGERS: Readonly<Record<string, Trigger>> = {
  ONEIRIC_ATTACH_OPTION_INVALID: (directory) => connectProcess(4711, { directry: directory } as never),
  ONEIRIC_ATTACH_UNSUPPORTED: async () => {
    const { platform } = process;
    Object.defineProperty(process, 'platform', { value: 'win32' });
    try {
      await connectProcess();
    } finally {
      Object.defineProperty(process, 'platform', { value: platform });
    }
  },
  ONEIRIC_ATTACH_UNSAFE: async (folder) => {
    const directory = join(folder, 'run');
    mkdirSync(directory);
    chmodSync(directory, 0o777);
    await connectProcess(undefined, { directory });
  },
  ONEIRIC_ATTACH_NOT_OPENED: (folder) => {
    writeFileSync(join(folder, 'run'), '');
    return withApplication(join(folder, 'run', 'shop'), () => undefined);
  },
  ONEIRIC_ATTACH_PATH_TOO_LONG: () => connectProcess(`/run/${'very/'.repeat(20)}deep/4711.sock`),
  // It takes two users to bring it about.
  ONEIRIC_ATTACH_FORBIDDEN: () => {
    const path = '/tmp/oneiric-1000/4711.sock';
    const reason = 'its folder is closed to everybody but its owner';
    throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_FORBIDDEN', { path, reason, uid: 1001, owner: 1000 });
  },
  ONEIRIC_ATTACH_NONE: (directory) => connectProcess(undefined, { directory }),
  ONEIRIC_ATTACH_NOT_FOUND: (directory) =>
    withProcess(directory, {}, () => connectProcess(4712, { directory })),
  ONEIRIC_ATTACH_AMBIGUOUS: (directory) =>
    withProcess(directory, {}, () =>
      withProcess(directory, { pid: 4715, info: { ...INFO, pid: 4715, name: 'till' } }, () =>
        connectProcess(undefined, { directory }),
      ),
    ),
  ONEIRIC_ATTACH_NO_ANSWER: async (directory) => {
    const server = createServer(() => undefined).listen(join(directory, '4711.sock'));
    await once(server, 'listening');
    try {
      await connectProcess(undefined, { directory });
    } finally {
      server.close();
    }
  },
  ONEIRIC_ATTACH_LOST: (directory) =>
    withProcess(directory, { otherwise: (_asked, answer) => answer.destroy() }, async () => {
      const there = await connectProcess(undefined, { directory });
      await there.statuses();
    }),
  ONEIRIC_ATTACH_PROTOCOL: (directory) =>
    withProcess(directory, { info: { ...INFO, version: '3.0.0', protocol: 2 } }, () =>
      connectProcess(undefined, { directory }),
    ),
  ONEIRIC_ATTACH_ANSWER_INVALID: (directory) =>
    withProcess(directory, { info: { up: true } }, () => connectProcess(4711, { directory })),
  ONEIRIC_ATTACH_REQUEST_INVALID: (directory) =>
    withApplication(directory, (socketPath) =>
      ask(
        { socketPath, method: 'POST', path: '/v1/swap' },
        '{ "domain": "adapter", "key": "cache", "providr": "redis" }',
      ),
    ),
  ONEIRIC_ATTACH_ROUTE_UNKNOWN: (directory) =>
    withApplication(directory, (socketPath) => ask({ socketPath, path: '/v1/status' })),
  ONEIRIC_ATTACH_TOO_LARGE: (directory) =>
    withApplication(directory, (socketPath) =>
      ask({ socketPath, method: 'POST', path: '/v1/swap' }, JSON.stringify({ provider: 'x'.repeat(70_000) })),
    ),
  ONEIRIC_ATTACH_ORIGIN_REFUSED: (directory) =>
    withApplication(directory, (socketPath) =>
      ask({ socketPath, path: '/v1/process', headers: { origin: 'https://example.com' } }),
    ),
  ONEIRIC_ATTACH_READER_TOO_SLOW: (directory) =>
    withApplication(directory, async (_socket, registry) => {
      const providers = ['r', 'm'].map((letter) => letter.repeat(128));
      await registry.registerAll(
        providers.map((provider) => ({ domain: 'adapter', key: 'cache', provider, factory: () => ({}) })),
      );
      const there = await connectProcess(undefined, { directory });
      const events = there.events()[Symbol.asyncIterator]();
      await events.next();
      for (let round = 0; round < 4000; round++) {
        await registry.select('adapter', 'cache', providers[round % 2] ?? '');
      }
      while ((await events.next()).done !== true);
    }),
  ONEIRIC_ATTACH_CLOSED: (directory) =>
    withApplication(directory, async (_socket, _registry, close) => {
      const there = await connectProcess(undefined, { directory });
      const events = there.events()[Symbol.asyncIterator]();
      await events.next();
      await Promise.all([events.next(), close()]);
    }),
  ONEIRIC_ATTACH_FAILED: (directory) =>
    withApplication(
      directory,
      async () => {
        const there = await connectProcess(undefined, { directory });
        await there.report('adapter', 'cache');
      },
      {
        report: () => {
          throw new TypeError('this.gauges is undefined');
        },
      },
    ),
};
