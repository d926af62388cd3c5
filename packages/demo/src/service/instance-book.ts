import type { LifecycleManager } from '@oneiric/core';

import type { LiveTools } from '../tools.js';

type Closable = Partial<Record<typeof Symbol.asyncDispose | 'close', () => unknown>>;

/**
 * Counts how often each instance is closed, on the instance itself: what the lifecycle says it has done is to be checked,
 * not to be believed.
 */
export class InstanceBook implements Disposable {
  readonly #tools: LiveTools;
  readonly #closings = new Map<object, number>();
  readonly #listening: readonly Disposable[];

  constructor(lifecycle: LifecycleManager, tools: LiveTools) {
    this.#tools = tools;
    const look = (): void => {
      this.#lookAround();
    };
    // The old one is drained in the same breath as the new one is bound, and nothing else is done to the key before.
    this.#listening = [lifecycle.on('activated', look), lifecycle.on('phase', look)];
    this.#lookAround();
  }

  /** Instances that have served. */
  get started(): number {
    return this.#closings.size;
  }

  get closedOnce(): number {
    return [...this.#closings.values()].filter((closings) => closings === 1).length;
  }

  isClosed(instance: unknown): boolean {
    return (this.#closings.get(instance as object) ?? 0) > 0;
  }

  [Symbol.dispose](): void {
    for (const listening of this.#listening) listening[Symbol.dispose]();
  }

  #lookAround(): void {
    for (const tool of Object.values(this.#tools)) {
      const instance = tool.peek();
      if (instance !== undefined && !this.#closings.has(instance)) this.#enter(instance);
    }
  }

  #enter(instance: object & Closable): void {
    const close = instance[Symbol.asyncDispose] ?? instance.close;
    this.#closings.set(instance, 0);
    Object.defineProperty(instance, Symbol.asyncDispose, {
      value: async () => {
        this.#closings.set(instance, (this.#closings.get(instance) ?? 0) + 1);
        await close?.call(instance);
      },
    });
  }
}
