import { describeValue } from '../foundation/describe-value.js';
import { isObject, isText } from '../registry/read-field.js';
import { offeredNames, type OfferedName } from './offered-name.js';

/** What a package.json says that concerns a plugin; nothing in it is trusted. */
export interface PluginManifest {
  readonly version: string | null;
  /** What `oneiric.plugin` names, as text; null where the package declares no plugin. */
  readonly entry: string | null;
  /** Whether it says anything about a plugin, with an entry or without. */
  readonly isMeant: boolean;
  /** Whether `entry` is text that starts with "./", as it has to. */
  readonly isEntryPath: boolean;
  /** What stays visible where the plugin cannot be loaded. */
  readonly provides: readonly OfferedName[];
  /** What is wrong with `provides`, which keeps nothing from being loaded; null where nothing is. */
  readonly remark: string | null;
  /** As npm reads them: values of `process.platform` and `process.arch`, or with "!" before them those that it is not for. */
  readonly os: readonly string[] | null;
  readonly cpu: readonly string[] | null;
  /** Semver ranges as they are written, valid or not. */
  readonly node: string | null;
  readonly core: string | null;
}

/** Reads what a package.json says about the plugin of its package. */
export function readPluginManifest(manifest: Readonly<Record<string, unknown>> = {}): PluginManifest {
  const { version, oneiric, os, cpu, engines, peerDependencies } = manifest;
  const declared = isObject(oneiric) ? oneiric : {};
  const { plugin, provides } = declared;
  const names = Array.isArray(provides) ? (provides as readonly unknown[]) : [];
  return {
    version: isText(version) ? version : null,
    entry: plugin === undefined ? null : isText(plugin) ? plugin : describeValue(plugin),
    isEntryPath: isText(plugin) && plugin.startsWith('./'),
    isMeant: oneiric !== undefined,
    provides: offeredNames(names),
    remark: tellProvides(provides, names),
    os: texts(os),
    cpu: texts(cpu),
    node: textOf(engines, 'node'),
    core: textOf(peerDependencies, '@oneiric/core'),
  };
}

function tellProvides(provides: unknown, names: readonly unknown[]): string | null {
  if (provides === undefined) return null;
  const expected = 'a list of { domain, key, provider }';
  const tell = (path: string, value: unknown, wanted: string): string =>
    `its package.json has ${path} ${describeValue(value)}; expected ${wanted}`;
  if (!Array.isArray(provides)) return tell('oneiric.provides', provides, expected);
  const wrong = names.findIndex((name) => offeredNames([name]).length === 0);
  return wrong < 0
    ? null
    : tell(`oneiric.provides[${String(wrong)}]`, names[wrong], '{ domain, key, provider }');
}

function texts(value: unknown): readonly string[] | null {
  const list = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(isText);
  return list.length === 0 ? null : list;
}

function textOf(value: unknown, name: string): string | null {
  const text = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return isText(text) ? text : null;
}
