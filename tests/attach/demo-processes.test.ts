import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { ComponentStatus } from '@oneiric/core';
import { connectProcess } from '@oneiric/core/attach';

import { DemoService } from '../support/demo-service.js';
import { type CliResult, oneiric } from '../support/oneiric.js';
import { OtherUser } from '../support/other-user.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

/** Reader, serializer, compressor, cache, ids, digest and logger. */
const TOOLS = 7;
const TIMEOUT_MS = 120_000;
const isRoot = process.getuid?.() === 0;

let runtime: TemporaryFolder;
let places: DemoService;
let mirror: DemoService;

beforeAll(async () => {
  runtime = createTemporaryFolder('attach');
  [places, mirror] = await Promise.all([
    DemoService.start({ runtime: runtime.path, name: 'places', jobs: 3 }),
    DemoService.start({ runtime: runtime.path, name: 'mirror', jobs: 1 }),
  ]);
}, TIMEOUT_MS);

afterAll(async () => {
  await Promise.all([places[Symbol.asyncDispose](), mirror[Symbol.asyncDispose]()]);
  runtime[Symbol.dispose]();
});

/** A command of an operator, in a folder that is no project. */
const operator = (...args: readonly string[]): Promise<CliResult> =>
  oneiric(args, { cwd: runtime.path, env: { ONEIRIC_RUNTIME_DIR: runtime.path } });

const inPlaces = (...args: readonly string[]): Promise<CliResult> =>
  operator(...args, '--attach', String(places.pid));

/** What a service says of its components, asked without the command line. */
async function statusOf({ pid }: DemoService): Promise<ReadonlyMap<string, ComponentStatus>> {
  await using attached = await connectProcess(pid, { directory: runtime.path });
  return new Map((await attached.statuses()).map((status) => [status.key, status]));
}

/** Swaps that were asked for and done. */
let asked = 0;

async function swap(key: string, ...args: readonly string[]): Promise<string> {
  const result = await inPlaces('swap', `adapter/${key}`, '--json', ...args);
  expect(result).toMatchObject({ code: 0, stderr: '' });
  const report = JSON.parse(result.stdout) as { outcome: string; to: { provider: string } };
  expect(report.outcome).toBe('swapped');
  asked++;
  return report.to.provider;
}

describe('two services of the demo, attached to', () => {
  it(
    'are both named, and nothing is done, where neither was meant',
    async () => {
      const { code, stdout, stderr } = await operator('status', '--attach');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('ONEIRIC_CLI_PROCESS_SEVERAL');
      for (const [name, { pid }] of Object.entries({ places, mirror })) {
        expect(stderr).toMatch(new RegExp(`^${pid} +${name} `, 'm'));
      }
    },
    TIMEOUT_MS,
  );

  it(
    'each say what runs, by their pid',
    async () => {
      for (const { pid } of [places, mirror]) {
        const { code, stdout, stderr } = await operator('status', '--attach', String(pid));
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout.match(/^adapter\/.* ready .* wins$/gm)).toHaveLength(TOOLS);
        expect(stdout).toMatch(/^adapter\/serializer +json /m);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'swap under load what they are told to, key by key and several keys at once',
    async () => {
      const rounds = [
        ['msgpack', 'gzip', 'tiny-lru'],
        ['v8', 'fflate', 'map'],
        ['yaml', 'brotli', 'lru-cache'],
      ] as const;
      for (const [serializer, compressor, cache] of rounds) {
        const served = await Promise.all([
          swap('serializer', '--provider', serializer),
          swap('compressor', '--provider', compressor),
          swap('cache', '--provider', cache),
        ]);
        expect(served).toEqual([serializer, compressor, cache]);
      }
      // Without a provider, to the winner.
      expect(await swap('serializer')).toBe('json');
    },
    TIMEOUT_MS,
  );

  it(
    'roll back, and say before what a swap would do',
    async () => {
      const plan = await inPlaces('swap', 'adapter/compressor', '--provider', 'gzip', '--dry-run');
      expect(plan).toMatchObject({ code: 0, stderr: '' });
      expect(plan.stdout).toContain('Swap from brotli to gzip.');
      expect((await statusOf(places)).get('compressor')?.running?.provider).toBe('brotli');

      const back = await inPlaces('rollback', 'adapter/compressor', '--json');
      expect(back.code).toBe(0);
      expect(JSON.parse(back.stdout)).toMatchObject({ outcome: 'swapped', to: { provider: 'fflate' } });
      asked++;
    },
    TIMEOUT_MS,
  );

  it(
    'hold what is paused, and go on when it is resumed',
    async () => {
      expect(await inPlaces('pause', 'adapter/cache', '--reason', 'moving house')).toMatchObject({ code: 0 });
      const { stdout } = await inPlaces('explain', 'adapter/cache');
      expect(stdout).toContain('moving house');
      expect((await statusOf(places)).get('cache')?.state).toBe('paused');
      expect(await inPlaces('resume', 'adapter/cache')).toMatchObject({ code: 0 });
      expect((await statusOf(places)).get('cache')?.state).toBe('ready');
    },
    TIMEOUT_MS,
  );

  it(
    'are healthy, which is exit code 0',
    async () => {
      for (const { pid } of [places, mirror]) {
        expect((await operator('health', '--attach', String(pid))).code).toBe(0);
      }
    },
    TIMEOUT_MS,
  );
});

describe('the socket of a service', () => {
  const socket = (): string => join(runtime.path, `${places.pid}.sock`);

  it(`is for who runs the service alone, by the modes of the folder and of itself${isRoot ? '' : ' (a second user is only tried as root)'}`, () => {
    const [folder, file] = [statSync(runtime.path), statSync(socket())];
    expect([folder.mode & 0o777, file.mode & 0o777]).toEqual([0o700, 0o600]);
    expect([folder.uid, file.uid]).toEqual([process.getuid?.(), process.getuid?.()]);
  });

  if (isRoot) {
    describe('refuses a second user', () => {
      let stranger: OtherUser;
      beforeAll(async () => {
        stranger = new OtherUser();
        expect(await stranger.oneiric(['--version'], {})).toMatchObject({ code: 0, stderr: '' });
      }, TIMEOUT_MS);
      afterAll(() => {
        chmodSync(runtime.path, 0o700);
        stranger[Symbol.dispose]();
      });

      // The folder keeps everybody out; where somebody opened it, the socket still does.
      describe.each([
        ['0700', 0o700],
        ['0755', 0o755],
      ])('in a folder of mode %s', (_, mode) => {
        beforeAll(() => {
          chmodSync(runtime.path, mode);
        });

        it.each([
          ['status, by the pid', ['status', '--attach', () => String(places.pid)]],
          ['a swap, by the path', ['swap', 'adapter/serializer', '--provider', 'v8', '--attach', socket]],
        ])(
          'of the command line: %s',
          async (_, words) => {
            const args = words.map((word) => (typeof word === 'string' ? word : word()));
            const { code, stdout, stderr } = await stranger.oneiric(args, {
              ONEIRIC_RUNTIME_DIR: runtime.path,
            });
            expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
            expect(stderr).toMatch(/^error ONEIRIC_ATTACH_FORBIDDEN\n/);
          },
          TIMEOUT_MS,
        );

        it(
          'who only connects, or asks over HTTP',
          async () => {
            const connect = `require('node:net').connect(${JSON.stringify(socket())})`;
            const ask = `require('node:http').get({ socketPath: ${JSON.stringify(socket())}, path: '/v1/process' })`;
            for (const attempt of [connect, ask]) {
              const told = `${attempt}.on('error', ({ code }) => console.log(code)).on('connect', () => console.log('connected')).on('response', () => console.log('answered'))`;
              expect(await stranger.node(['-e', told])).toEqual({ code: 0, stdout: 'EACCES\n', stderr: '' });
            }
          },
          TIMEOUT_MS,
        );
      });

      it(
        'and is left as it was',
        async () => {
          chmodSync(runtime.path, 0o700);
          const statuses = await statusOf(places);
          expect(statuses.get('serializer')).toMatchObject({ state: 'ready', running: { provider: 'json' } });
          expect(statuses.get('cache')?.state).toBe('ready');
        },
        TIMEOUT_MS,
      );
    });
  }

  it(
    'goes with a service that is killed as soon as somebody looks around, and the others are there',
    async () => {
      const victim = await DemoService.start({ runtime: runtime.path, name: 'victim', jobs: 1 });
      const left = join(runtime.path, `${victim.pid}.sock`);
      expect(await victim.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL', sums: undefined });
      expect(existsSync(left)).toBe(true);

      const gone = await operator('status', '--attach', String(victim.pid));
      expect(gone.code).not.toBe(0);
      expect(gone.stderr).toMatch(/ONEIRIC_(ATTACH|CLI)_/);
      expect((await operator('status', '--attach')).stderr).not.toContain('victim');
      expect(existsSync(left)).toBe(false);
      expect((await statusOf(mirror)).size).toBe(TOOLS);
    },
    TIMEOUT_MS,
  );
});

describe('two services of the demo, told to end', () => {
  it(
    'have lost no call, and closed each instance once; only the one that was told to has swapped',
    async () => {
      const [inPlace, inMirror] = await Promise.all([places.end(), mirror.end()]);
      for (const { code, sums } of [inPlace, inMirror]) {
        expect({ code, isFine: sums?.isFine, problems: sums?.problems }).toEqual({
          code: 0,
          isFine: true,
          problems: [],
        });
        expect(sums?.jobs).toMatchObject({ wrong: 0, failed: 0 });
        expect(sums?.calls).toMatchObject({ refused: 0, withdrawn: 0, lost: 0, onClosed: 0 });
        expect(sums?.calls.answered).toBe(sums?.calls.begun);
        expect(sums?.jobs.done).toBeGreaterThan(100);
      }
      expect(asked).toBeGreaterThanOrEqual(11);
      const all = TOOLS + asked;
      expect(inPlace.sums).toMatchObject({ swaps: asked, instances: { started: all, closedOnce: all } });
      expect(inMirror.sums).toMatchObject({ swaps: 0, instances: { started: TOOLS, closedOnce: TOOLS } });
      expect(readdirSync(runtime.path)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
