import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';

import { list } from '../decision/list.js';
import type { PlatformRequirement } from '../decision/candidate.js';
import type { PluginManifest } from './plugin-manifest.js';
import type { PluginReason } from './plugin-report.js';

/** The machine that plugins are to run on. */
export interface PluginPlatform {
  /** As `process.platform`. */
  readonly os: string;
  /** As `process.arch`. */
  readonly cpu: string;
  /** The version of Node. */
  readonly node: string;
  /** The version of this package. */
  readonly core: string;
}

/** Why a plugin does not fit a machine. */
export interface Misfit {
  readonly reason: PluginReason;
  readonly detail: string;
  /** The same as a candidate says it, so that the decision finds it out itself; undefined where it cannot be said so. */
  readonly platform: PlatformRequirement | undefined;
  /** What its package should have, where that is broken. */
  readonly broken?: string;
}

/** Every value of `process.platform`, for what a package says it is *not* for. */
const SYSTEMS = [
  'aix',
  'android',
  'cygwin',
  'darwin',
  'freebsd',
  'haiku',
  'linux',
  'netbsd',
  'openbsd',
  'sunos',
  'win32',
];

/** What keeps a plugin from running on a machine, by its package.json; undefined where nothing does. */
export function findMisfit(
  { os, cpu, node, core }: PluginManifest,
  platform: PluginPlatform,
): Misfit | undefined {
  if (os !== null && !isAmong(os, platform.os)) {
    const systems = SYSTEMS.filter((each) => isAmong(os, each));
    return {
      reason: 'OS_UNSUPPORTED',
      detail: `it is for ${list(os, 'and')}, and this is ${platform.os}`,
      platform: systems.length === 0 ? undefined : { os: systems },
    };
  }
  if (cpu !== null && !isAmong(cpu, platform.cpu)) {
    const detail = `it is for ${list(cpu, 'and')}, and this is ${platform.cpu}`;
    return { reason: 'CPU_UNSUPPORTED', detail, platform: undefined };
  }
  if (node !== null && !isWithin(platform.node, node)) {
    return {
      reason: 'NODE_UNSUPPORTED',
      detail: `it needs Node ${node}, and this is ${platform.node}`,
      platform: validRange(node) === null ? undefined : { node },
    };
  }
  if (core !== null && !PROTOCOL.test(core) && !isWithin(platform.core, core)) {
    const detail = `it needs @oneiric/core ${core}, and this is ${platform.core}`;
    return { reason: 'CORE_UNSUPPORTED', detail, platform: undefined };
  }
  return undefined;
}

/** `workspace:^`, `file:../core`: where the package comes from, and no word about versions. */
const PROTOCOL = /^[a-z]+:/;

/** As npm reads a list of systems: one of those named, and none of those with "!". */
function isAmong(names: readonly string[], name: string): boolean {
  const wanted = names.filter((each) => !each.startsWith('!'));
  return (
    (wanted.length === 0 || wanted.includes(name) || wanted.includes('any')) && !names.includes(`!${name}`)
  );
}

function isWithin(version: string, range: string): boolean {
  return satisfies(version, range, { includePrerelease: true });
}
