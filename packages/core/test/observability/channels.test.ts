import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { channelOf, publish } from '../../src/observability/channels.js';
import '../../src/observability/listener-failure.js';

const NAME = 'oneiric:listener-failed';

describe('a channel', () => {
  it('is one object for a name', () => {
    expect(channelOf(NAME)).toBe(channelOf(NAME));
  });

  it('knows whether anybody listens', () => {
    const listener = (): void => undefined;
    expect(channelOf(NAME).hasSubscribers).toBe(false);
    subscribe(NAME, listener);
    expect(channelOf(NAME).hasSubscribers).toBe(true);
    unsubscribe(NAME, listener);
    expect(channelOf(NAME).hasSubscribers).toBe(false);
  });

  it('freezes what it publishes, and gives it to the diagnostics channel of that name', () => {
    const heard: unknown[] = [];
    const listener = (message: unknown): void => void heard.push(message);
    subscribe(NAME, listener);
    publish(NAME, { event: 'a', error: 1 });
    unsubscribe(NAME, listener);
    publish(NAME, { event: 'b', error: 2 });
    expect(heard).toEqual([{ event: 'a', error: 1 }]);
    expect(Object.isFrozen(heard[0])).toBe(true);
  });
});
