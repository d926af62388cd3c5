import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { allowAttach, type AllowAttachOptions, type AttachServer } from '../../src/attach/allow-attach.js';
import type { AttachedProcess } from '../../src/attach/attached-process.js';
import { connectProcess } from '../../src/attach/connect-process.js';
import type { CandidateInput } from '../../src/decision/candidate.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from '../../src/lifecycle/lifecycle-options.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { Thing } from '../lifecycle/operations/bench.js';

/** A folder of its own for the sockets of one test, and what is to be closed before it goes. */
export class SocketFolder implements AsyncDisposable {
  readonly path = mkdtempSync(join(tmpdir(), 'oneiric-attach-'));
  readonly #owned: AsyncDisposable[] = [];

  own<T extends AsyncDisposable>(owned: T): T {
    this.#owned.push(owned);
    return owned;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const owned of this.#owned.splice(0).reverse()) await owned[Symbol.asyncDispose]();
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** An application that runs in this process, and can be attached to. */
export class Application implements AsyncDisposable {
  readonly registry = new CandidateRegistry();
  readonly lifecycle: LifecycleManager;
  readonly folder = new SocketFolder();
  readonly built: Thing[] = [];

  constructor(options: LifecycleOptions = {}) {
    this.lifecycle = new LifecycleManager(this.registry, options);
  }

  /** Offers `provider` for `adapter/cache`, or for the key that is given. */
  async offer(provider: string, input: Partial<CandidateInput> = {}): Promise<void> {
    await this.registry.registerCandidate({
      domain: 'adapter',
      key: 'cache',
      provider,
      factory: () => this.thing(provider),
      ...input,
    });
  }

  thing(provider: string): Thing {
    const thing = new Thing(provider);
    this.built.push(thing);
    return thing;
  }

  /** How often each instance was closed, by provider, in the order in which they were built. */
  get closed(): readonly (readonly [provider: string, times: number])[] {
    return this.built.map(({ provider, closed }) => [provider, closed]);
  }

  get directory(): string {
    return this.folder.path;
  }

  async allow(options: AllowAttachOptions = {}): Promise<AttachServer> {
    return this.folder.own(await allowAttach(this, { directory: this.directory, ...options }));
  }

  async connect(): Promise<AttachedProcess> {
    return this.folder.own(await connectProcess(undefined, { directory: this.directory }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.folder[Symbol.asyncDispose]();
    await this.lifecycle.close().catch(() => undefined);
  }
}

/** With `memory` running, and `redis` there. */
export async function shop(options?: LifecycleOptions): Promise<Application> {
  const application = new Application(options);
  await application.offer('redis', { version: '2.1.0' });
  await application.offer('memory', { priority: 10 });
  await application.lifecycle.activate('adapter', 'cache');
  return application;
}

/** What a promise is rejected with; fails where it is not. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await work;
  } catch (error) {
    return error;
  }
  throw new Error(`it was not refused, and gave ${JSON.stringify(value)}`);
}
