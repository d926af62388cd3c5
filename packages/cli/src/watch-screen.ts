import { setTimeout } from 'node:timers/promises';

import type { ComponentStatus } from '@oneiric/core';
import type { AttachedProcess, AttachEvent, AttachFilter } from '@oneiric/core/attach';

import type { Host } from './host.js';
import { LiveScreen } from './live-screen.js';
import { watchFrame } from './renderers/watch-frame.js';
import { createScreen } from './screen.js';

/** Not more often than that, however much happens. */
const PAUSE_MS = 100;
/** So often although nothing happens: how long, and how many calls, are told by no event. */
const TICK_MS = 1000;
/** More than a terminal has lines. */
const MOST_EVENTS = 200;

/** A live view of a process on a terminal. Resolves when its events end; rejects as they do, and by the signal. */
export async function watchScreen(
  process: AttachedProcess,
  filter: AttachFilter,
  host: Host,
  signal: AbortSignal,
): Promise<void> {
  const events: AttachEvent[] = [];
  const ended = new AbortController();
  const both = AbortSignal.any([signal, ended.signal]);
  using live = new LiveScreen(host.stdout);
  let wake = new AbortController();
  const redraw = (): void => {
    wake.abort();
  };
  both.addEventListener('abort', redraw);
  using _resize = host.stdout.onResize?.(() => {
    live.reset();
    redraw();
  });
  const isOver = (): boolean => both.aborted;
  let statuses: readonly ComponentStatus[] = [];
  const draw = async (): Promise<void> => {
    while (!isOver()) {
      wake = new AbortController();
      const asked = Date.now();
      const answer = process.statuses(filter);
      let answered: readonly ComponentStatus[] | undefined;
      while (answered === undefined && !isOver()) {
        answered = await Promise.race([answer, setTimeout(TICK_MS, undefined)]);
        if (isOver()) return;
        statuses = answered ?? statuses;
        const now = Date.now();
        const silentForMs = answered === undefined ? now - asked : null;
        const view = { process: process.info, statuses, events, now, silentForMs };
        live.show(watchFrame(view, createScreen(host.stdout, host.env), live.most));
      }
      await setTimeout(PAUSE_MS);
      await setTimeout(TICK_MS - PAUSE_MS, undefined, wake).catch(() => undefined);
    }
  };
  const listen = async (): Promise<void> => {
    for await (const event of process.events(filter, both)) {
      events.push(event);
      if (events.length > MOST_EVENTS) events.shift();
      redraw();
    }
  };
  const end = (): void => {
    ended.abort();
  };
  await Promise.all([listen().finally(end), draw().finally(end)]);
}
