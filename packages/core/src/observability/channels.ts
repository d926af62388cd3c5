import { channel, type Channel } from 'node:diagnostics_channel';

/**
 * What is published on each diagnostics channel, by the channel's name. Every area adds its own channels here by
 * interface merging, next to the words of those channels:
 *
 * ```ts
 * declare module '../observability/channels.js' {
 *   interface ChannelMessages {
 *     'oneiric:config:problem': { readonly registry: object; readonly error: unknown };
 *   }
 * }
 * export const CONFIG_CHANNELS: ChannelFamily<'oneiric:config:'> = {
 *   'oneiric:config:problem': { message: '`registry`, `error`', when: 'A file cannot be loaded.' },
 * };
 * ```
 *
 * and `src/channel-catalogue.ts` joins the words of all areas. A message is an object of its own, which `publish`
 * freezes. It says which registry, lifecycle or lock it comes from, and holds no secret.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by interface merging
export interface ChannelMessages {}

/** Every channel that is declared: `oneiric:<area>:<event>`. */
export type ChannelName = Extract<keyof ChannelMessages, string>;

/** The words of one channel, for its reference page. */
export interface ChannelText {
  /** What the message holds. */
  readonly message: string;
  /** When it is sent. */
  readonly when: string;
}

/** The words of all channels of one area. A channel without words does not compile. */
export type ChannelFamily<Prefix extends string> = {
  readonly [C in Extract<ChannelName, `${Prefix}${string}`>]: ChannelText;
};

/** One diagnostics channel of Node, and the kind of message that is published there. */
export class EventChannel<M extends object> {
  readonly #channel: Channel;

  constructor(name: string) {
    this.#channel = channel(name);
  }

  /** Does anybody listen? Where not, the message need not be put together, nor anything be measured for it. */
  get hasSubscribers(): boolean {
    return this.#channel.hasSubscribers;
  }

  /** Freezes the message (not what it refers to) and gives it to all who listen, synchronously. */
  publish(message: M): void {
    if (this.#channel.hasSubscribers) this.#channel.publish(Object.freeze(message));
  }
}

/** Kept for good: Node forgets a channel that nobody holds, and who holds one of ours must hold the only one. */
const channels = new Map<string, EventChannel<object>>();

/** The channel of a name; the same object at every call. Ask once, at the top of a module, and not for every event. */
export function channelOf<C extends ChannelName>(name: C): EventChannel<ChannelMessages[C] & object> {
  const known = channels.get(name) ?? new EventChannel<object>(name);
  channels.set(name, known);
  return known;
}

/** Publishes one message, where it costs nothing to put it together. */
export function publish<C extends ChannelName>(name: C, message: ChannelMessages[C] & object): void {
  channelOf(name).publish(message);
}
