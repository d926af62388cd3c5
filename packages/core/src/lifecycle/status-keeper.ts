import { systemClock } from '../foundation/clock.js';
import type { ComponentStatus } from './component-status.js';
import type { LifecycleCore } from './lifecycle-core.js';
import type { StatusFile } from './saved-status.js';
import { STATUS_VERSION } from './saved-status.js';
import { readStatusFile, setStatusFileAside } from './status-file.js';
import { StatusFileWriter } from './status-file-writer.js';

/**
 * Writes the status file after every change, and reads the one of the process before. What cannot be read is set aside
 * as it is; what cannot be written is told, and nothing waits for it.
 */
export class StatusKeeper {
  readonly #core: LifecycleCore;
  readonly #file: string;
  readonly #writer: StatusFileWriter;
  readonly #statuses: () => readonly ComponentStatus[];
  /** What the process before has left, by `domain/key`; settles when that is known. */
  readonly restored: Promise<void>;

  constructor(core: LifecycleCore, file: string, statuses: () => readonly ComponentStatus[]) {
    this.#core = core;
    this.#file = file;
    this.#statuses = statuses;
    this.#writer = new StatusFileWriter(file, (error) => {
      core.feed.emit('status-file-failed', { file, error });
    });
    this.restored = this.#restore();
    // Not what is told in the middle of an operation: the file would say for ever that it is under way.
    core.onSettled = () => {
      this.#update();
    };
    for (const event of ['failed', 'health-changed'] as const) {
      core.feed.on(event, () => {
        this.#update();
      });
    }
  }

  /** Resolves when the last change is written, or could not be. */
  async flush(): Promise<void> {
    this.#update();
    await this.restored;
    await this.#writer.flush();
  }

  #update(): void {
    void this.restored.then(() => {
      this.#writer.update(() => this.#content());
    });
  }

  #content(): StatusFile {
    return {
      schemaVersion: STATUS_VERSION,
      savedAt: new Date((this.#core.clock.wallTime ?? systemClock.wallTime)()).toISOString(),
      components: this.#statuses().map((status) => ({
        domain: status.domain,
        key: status.key,
        state: status.state,
        health: status.health,
        running: status.running,
        standing: { winner: status.standing.winner, reason: status.standing.reason },
        lastGood: status.lastGood,
        failure: status.failure?.causes ?? [],
        attempts: status.attempts,
        durations: status.durations,
        dependencies: status.dependencies.map(({ parameter, domain, key }) => ({ parameter, domain, key })),
      })),
    };
  }

  async #restore(): Promise<void> {
    try {
      const saved = await readStatusFile(this.#file);
      for (const { domain, key, running, lastGood } of saved?.components ?? []) {
        const { facts } = this.#core.slotOf(domain, key);
        facts.restore({ running, lastGood });
      }
    } catch (error) {
      this.#core.feed.emit('status-file-failed', { file: this.#file, error });
      await setStatusFileAside(this.#file).catch((failure: unknown) => {
        this.#core.feed.emit('status-file-failed', { file: this.#file, error: failure });
      });
    }
  }
}
