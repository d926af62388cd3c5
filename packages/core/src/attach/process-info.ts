import { basename } from 'node:path';

import { systemClock } from '../foundation/clock.js';
import { ownVersion } from '../foundation/own-version.js';
import { printable } from '../foundation/printable.js';

/** The version of what is spoken over the socket. It rises when an older client would misunderstand. */
export const PROTOCOL = 1;

/** A running process that lets itself be attached to: plain data, frozen. */
export interface ProcessInfo {
  readonly pid: number;
  /** What it calls itself: the option `name` of `allowAttach`, or the name of its main module. */
  readonly name: string;
  /** The path of the socket. */
  readonly socket: string;
  /** When the process started: ISO 8601, UTC. */
  readonly startedAt: string;
  /** Its working folder when it opened the socket. */
  readonly cwd: string;
  /** The version of Node that it runs on, without a `v`. */
  readonly node: string;
  /** The version of `@oneiric/core` that it runs. */
  readonly version: string;
  /** What it speaks. This package speaks 1; `connectProcess` refuses a newer one. */
  readonly protocol: number;
}

/** Told once, so that a clock that is set does not change it. */
const STARTED_AT = new Date(systemClock.wallTime() - process.uptime() * 1000).toISOString();

/** What the calling process says of itself. */
export function ownProcessInfo(name: string, socket: string): ProcessInfo {
  return Object.freeze({
    pid: process.pid,
    name,
    socket,
    startedAt: STARTED_AT,
    cwd: process.cwd(),
    node: process.versions.node,
    version: ownVersion(),
    protocol: PROTOCOL,
  });
}

/** The name of the main module, without its ending. */
export function ownProcessName(): string {
  const [, main = ''] = process.argv;
  return printable(basename(main).replace(/\.[cm]?[jt]s$/, '')).slice(0, 128) || 'node';
}

/** What another process said of itself, checked; undefined where it is nothing of the kind. */
export function readProcessInfo(said: unknown, socket: string): ProcessInfo | undefined {
  if (typeof said !== 'object' || said === null) return undefined;
  const { pid, name, startedAt, cwd, node, version, protocol } = said as Readonly<Record<string, unknown>>;
  if (!isCount(pid) || !isCount(protocol)) return undefined;
  if (!isText(name) || !isText(startedAt) || !isText(cwd) || !isText(node) || !isText(version))
    return undefined;
  return Object.freeze({ pid, name, socket, startedAt, cwd, node, version, protocol });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 4096;
}
