import { createError } from '../errors/oneiric-error.js';
import { checkSettings, type SettingsOutcome } from './check-settings.js';
import { CONFIG_ERRORS } from './config-errors.js';
import type { ConfigPlace } from './layer-report.js';
import type { SettingsOwner } from './loaded-config.js';
import type { SecretSources } from './read-secret.js';
import type { SettingsMap } from './settings-tree.js';
import type { WaitOptions } from '../foundation/settle-within.js';

/** The settings of all providers, as they are written and with the places of all; they are checked when asked for. */
export class SettingsTable {
  readonly #written: ReadonlyMap<string, SettingsMap>;
  readonly #nowhere: ConfigPlace;
  readonly #sources: SecretSources;
  readonly #wait: Omit<WaitOptions, 'signal'>;
  readonly #checked = new Map<string, Map<unknown, SettingsOutcome>>();

  /** `nowhere` is the place of what nobody set: the file. */
  constructor(
    written: ReadonlyMap<string, SettingsMap>,
    nowhere: ConfigPlace,
    sources: SecretSources,
    wait: Omit<WaitOptions, 'signal'>,
  ) {
    this.#written = written;
    this.#nowhere = nowhere;
    this.#sources = sources;
    this.#wait = wait;
  }

  /** @throws `ONEIRIC_CONFIG_SETTINGS`; the signal's reason */
  async of<S>(owner: SettingsOwner<S>, options: { readonly signal?: AbortSignal } = {}): Promise<S> {
    const { domain, key, provider = 'default' } = owner;
    const outcome = await this.check(owner, options.signal);
    if (outcome.kind === 'checked') return outcome.value as S;
    const { problems } = outcome;
    throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_SETTINGS', { domain, key, provider, problems });
  }

  /** As `of`, with the problems as data. What passed once is not checked again. */
  async check(owner: SettingsOwner, signal: AbortSignal | undefined): Promise<SettingsOutcome> {
    signal?.throwIfAborted();
    const name = settingsName(owner);
    const known = this.#checked.get(name)?.get(owner.settings);
    if (known !== undefined) return known;
    const written = this.#written.get(name) ?? this.#nothingFor(owner);
    const outcome = await checkSettings(written, owner.settings, this.#sources, { ...this.#wait, signal });
    if (outcome.kind === 'checked') this.#remember(name, owner.settings, outcome);
    return outcome;
  }

  /** Does the configuration set anything for it? */
  has(owner: SettingsOwner): boolean {
    return this.#written.has(settingsName(owner));
  }

  #remember(name: string, schema: unknown, outcome: SettingsOutcome): void {
    const bySchema = this.#checked.get(name) ?? new Map<unknown, SettingsOutcome>();
    this.#checked.set(name, bySchema.set(schema, outcome));
  }

  #nothingFor({ domain, key, provider = 'default' }: SettingsOwner): SettingsMap {
    const place = { ...this.#nowhere, path: ['settings', domain, key, provider] };
    return { kind: 'map', place, entries: new Map() };
  }
}

/** What tells the settings of one provider from those of others. */
export function settingsName({ domain, key, provider = 'default' }: Omit<SettingsOwner, 'settings'>): string {
  return `${domain}/${key}/${provider}`;
}
