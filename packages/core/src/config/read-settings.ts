import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import { isSecretName } from '../security/redact.js';
import { MAX_DEPTH, MAX_VALUES } from './config-limits.js';
import type { ConfigPath } from './config-path.js';
import { EXPECTED, HIDDEN } from './config-words.js';
import { isExactNumber } from './exact-number.js';
import type { LayerReport } from './layer-report.js';
import { readMap } from './read-map.js';
import { readSettingText } from './setting-reference.js';
import type { SettingsEntry, SettingsMap, SettingsNode } from './settings-tree.js';

/** Reads `{ domain: { key: { provider: { … } } } }`: plain data, in which a text may refer to a secret. */
export function readSettings(value: unknown, report: LayerReport): readonly SettingsEntry[] {
  if (value === undefined) return [];
  const entries: SettingsEntry[] = [];
  const reader = new SettingsReader(report);
  const names = (map: unknown, path: ConfigPath, expected: string): (readonly [string, unknown])[] =>
    Object.entries(readMap(map, path, expected, report)).filter(([name]) => {
      if (!isName(name)) report.wrong([...path, name], describeValue(name), EXPECTED.name, { part: 'key' });
      return isName(name);
    });
  for (const [domain, keys] of names(value, ['settings'], EXPECTED.settings)) {
    const domainPath = ['settings', domain];
    for (const [key, providers] of names(keys, domainPath, EXPECTED.settingsOfDomain)) {
      const keyPath = [...domainPath, key];
      for (const [provider, settings] of names(providers, keyPath, EXPECTED.settingsOfKey)) {
        const path = [...keyPath, provider];
        const places = {
          domain: report.placeOf(domainPath, 'key'),
          key: report.placeOf(keyPath, 'key'),
          provider: report.placeOf(path, 'key'),
        };
        const problemsBefore = report.problems.length;
        const tree = reader.readRoot(settings, path);
        const isWhole = report.problems.length === problemsBefore;
        entries.push({ domain, key, provider, settings: tree, isWhole, names: places });
      }
    }
  }
  return entries;
}

class SettingsReader {
  readonly #report: LayerReport;
  #values = 0;

  constructor(report: LayerReport) {
    this.#report = report;
  }

  readRoot(value: unknown, path: ConfigPath): SettingsMap {
    return this.#readMap(readMap(value, path, EXPECTED.settingsOfProvider, this.#report), path);
  }

  #read(value: unknown, path: ConfigPath): SettingsNode | undefined {
    if (++this.#values > MAX_VALUES || path.length > MAX_DEPTH) {
      this.#tooMuch(path);
      return undefined;
    }
    if (Array.isArray(value)) {
      const items = Array.from(value as readonly unknown[], (item, index) =>
        this.#read(item, [...path, index]),
      );
      return {
        kind: 'list',
        place: this.#report.placeOf(path),
        items: items.filter((item) => item !== undefined),
      };
    }
    if (Object.prototype.toString.call(value) === '[object Object]')
      return this.#readMap(value as Readonly<Record<string, unknown>>, path);
    return this.#readValue(value, path);
  }

  #readMap(value: Readonly<Record<string, unknown>>, path: ConfigPath): SettingsMap {
    const entries = new Map<string, SettingsNode>();
    for (const [name, item] of Object.entries(value)) {
      const at = [...path, name];
      if (name === '__proto__')
        this.#report.wrong(at, describeValue(name), EXPECTED.settingName, { part: 'key' });
      const node = item === undefined ? undefined : this.#read(item, at);
      if (node !== undefined) entries.set(name, node);
    }
    return { kind: 'map', place: this.#report.placeOf(path), entries };
  }

  #readValue(value: unknown, path: ConfigPath): SettingsNode | undefined {
    const place = this.#report.placeOf(path);
    if (typeof value === 'string') {
      const text = readSettingText(value);
      if (text.kind === 'literal') return { kind: 'value', place, value: text.value };
      if (text.kind === 'reference') return { kind: 'secret', place, reference: text.reference };
      const isSecret = path.some((part) => isSecretName(String(part)));
      this.#report.wrong(
        path,
        isSecret ? HIDDEN : describeValue(value),
        `${text.expected} ${EXPECTED.literal}`,
      );
      return undefined;
    }
    const isPlain = value === null || typeof value === 'boolean';
    if (isPlain || (typeof value === 'number' && isExactNumber(value)))
      return { kind: 'value', place, value };
    this.#report.wrong(path, describeValue(value), EXPECTED.settingValue);
    return undefined;
  }

  #tooMuch(path: ConfigPath): void {
    if (path.length > MAX_DEPTH) {
      const levels = `at most ${String(MAX_DEPTH)} levels`;
      this.#report.wrong(path.slice(0, 4), 'one level too many, or a value that contains itself', levels);
    } else if (this.#values === MAX_VALUES + 1) {
      this.#report.wrong(path.slice(0, 4), 'too many values', `at most ${String(MAX_VALUES)} values`);
    }
  }
}
