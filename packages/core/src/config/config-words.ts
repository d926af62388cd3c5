import { BOUNDS } from '../decision/changes.js';
import { NAME_RULE } from '../foundation/name.js';
import { PLUGIN_TIMEOUT } from '../plugins/plugin-timeout.js';
import { LONGEST_STACK_LIST } from './stack-order.js';

/** What is told of a value that is, or may be, a secret. */
export const HIDDEN = 'a value that is not shown';

/** What a configuration should have in each place, in words. */
export const EXPECTED = {
  config:
    'a map with selections, stackOrder, defaultPriority, candidates, plugins, settings, environments, …',
  schema: 'the place of a JSON Schema, as text',
  environment: 'a map with what differs in this environment, such as selections; {} for nothing',
  environmentName: (known: readonly string[], file: string) =>
    known.length === 0
      ? `no environment, since ${file} has none`
      : `one of ${known.join(', ')}, as ${file} has them`,
  selections: 'providers by domain and key, as in { adapter: { cache: redis } }',
  selectionKeys: 'providers by key, as in { cache: redis }',
  selection: 'the name of a provider, or { provider, policy }',
  policy: '"pin" or "prefer"',
  name: `a name (${NAME_RULE})`,
  stackOrder: 'priorities by package, as in { "@acme/redis": 20 }, or a list of packages',
  stackListLength: `at most ${String(LONGEST_STACK_LIST)} packages, since each is worth 10 more than the one before and 1000 is the limit`,
  package: 'the name of an npm package',
  once: 'each package once',
  priority: `an integer from ${String(BOUNDS.priority.min)} to ${String(BOUNDS.priority.max)}`,
  candidates: 'a list of candidates { domain, key, factory, … }',
  candidate: 'a candidate { domain, key, factory, … }',
  candidateOnce: 'one candidate for each domain, key and provider (rename or remove one)',
  plugins: 'a list of packages, or false',
  allowedPackages: 'a list of packages',
  pluginTimeout: `a whole number of milliseconds from ${String(PLUGIN_TIMEOUT.min)} to ${String(PLUGIN_TIMEOUT.max)}`,
  settings: 'settings by domain, key and provider, as in { adapter: { cache: { redis: { url: … } } } }',
  settingsOfDomain: 'settings by key and provider, as in { cache: { redis: { url: … } } }',
  settingsOfKey: 'settings by provider, as in { redis: { url: … } }',
  settingsOfProvider: 'a map of settings, as in { url: … }',
  settingsOwner: (kind: 'domain' | 'key' | 'provider', known: readonly string[]) =>
    known.length === 0
      ? `a ${kind} that a candidate has; there is no candidate`
      : `one of ${known.join(', ')}`,
  /** After what is expected where no name is near, so that nobody misspelt one. */
  pluginGone: (arePluginsOff: boolean) =>
    arePluginsOff
      ? '; plugins are switched off'
      : '; no package offers it: if a plugin was removed, install it again or remove its settings',
  settingName: 'another name',
  settingValue: 'text, a number within ±2^53, true, false, null, a list or a map',
  literal: '(a literal that begins so is written with a backslash before it)',
  environments: 'configurations by the name of an environment',
  selectionText: 'domain/key=provider, separated by commas, as in "adapter/cache=redis,adapter/queue=bull"',
  selectionOnce: 'each domain and key once',
  stackText:
    'package:priority, separated by commas, as in "@acme/redis:20,@acme/disk:10", or only packages, lowest first',
  stackTextMixed: 'a priority after every package or after none',
} as const;
