import { ATTACH_CHANNELS } from './attach/attach-channels.js';
import { LOCK_CHANNELS } from './concurrency/lock-channels.js';
import { CONFIG_CHANNELS } from './config/config-channels.js';
import { LIFECYCLE_CHANNELS } from './lifecycle/lifecycle-channels.js';
import type { ChannelName, ChannelText } from './observability/channels.js';
import { LISTENER_CHANNELS } from './observability/listener-failure.js';
import { PLUGIN_CHANNELS } from './plugins/plugin-channels.js';
import { DECISION_CHANNELS, REGISTRY_CHANNELS } from './registry/registry-channels.js';

/** What is published on each diagnostics channel, and when. `docs/observability.md` is made from this. */
export const CHANNEL_CATALOGUE: typeof REGISTRY_CHANNELS &
  typeof DECISION_CHANNELS &
  typeof LIFECYCLE_CHANNELS &
  typeof LOCK_CHANNELS &
  typeof PLUGIN_CHANNELS &
  typeof CONFIG_CHANNELS &
  typeof ATTACH_CHANNELS &
  typeof LISTENER_CHANNELS = Object.freeze({
  ...REGISTRY_CHANNELS,
  ...DECISION_CHANNELS,
  ...LIFECYCLE_CHANNELS,
  ...LOCK_CHANNELS,
  ...PLUGIN_CHANNELS,
  ...CONFIG_CHANNELS,
  ...ATTACH_CHANNELS,
  ...LISTENER_CHANNELS,
} satisfies Record<ChannelName, ChannelText>);
