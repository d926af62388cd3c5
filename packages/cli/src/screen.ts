import { styleText } from 'node:util';

import type { Output } from './host.js';

const DEFAULT_WIDTH = 80;
const NARROWEST = 20;

/** How text may look in an output. Colour only repeats what the words say. */
export interface Screen {
  /** Columns. */
  readonly width: number;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
}

/**
 * What an output can show. The width is that of the terminal, else `COLUMNS`, else 80. Colour is for terminals;
 * `NO_COLOR` takes it away and `FORCE_COLOR` gives it, whatever the output is.
 */
export function createScreen(output: Output, env: Readonly<Record<string, string | undefined>>): Screen {
  const paint = (format: Parameters<typeof styleText>[0]) =>
    hasColour(output, env)
      ? (text: string) => styleText(format, text, { validateStream: false })
      : (text: string) => text;
  return {
    width: widthOf(output, env),
    strong: paint('bold'),
    faint: paint('dim'),
    good: paint('green'),
    bad: paint('red'),
    warn: paint('yellow'),
  };
}

function widthOf(output: Output, env: Readonly<Record<string, string | undefined>>): number {
  const asked = /^\d{1,4}$/.test(env['COLUMNS'] ?? '') ? Number(env['COLUMNS']) : 0;
  return Math.max(NARROWEST, output.columns ?? (asked > 0 ? asked : DEFAULT_WIDTH));
}

function hasColour(output: Output, env: Readonly<Record<string, string | undefined>>): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  return output.isTTY;
}
