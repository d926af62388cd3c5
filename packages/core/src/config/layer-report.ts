import type { ValueOrigin } from '../decision/value-origin.js';
import { type ConfigPath, formatPath } from './config-path.js';
import type { ConfigProblem, SourceLine } from './config-problem.js';

/** Something a configuration sets that this version reads but does not act on. */
export interface ConfigNotice {
  readonly path: string;
  readonly origin: ValueOrigin;
  readonly text: string;
}

/** Where a layer's values were written. */
export interface LayerPlaces {
  readonly locate: (path: ConfigPath, part: 'key' | 'value') => ValueOrigin;
  readonly excerpt: (origin: ValueOrigin) => readonly SourceLine[];
}

/** Collects what is wrong in one layer, with the place of each. */
export class LayerReport {
  readonly problems: ConfigProblem[] = [];
  readonly notices: ConfigNotice[] = [];
  /** The layer as the source of its candidates: the configuration file's name. */
  readonly name: string;
  readonly #places: LayerPlaces;

  constructor(name: string, places: LayerPlaces) {
    this.name = name;
    this.#places = places;
  }

  originOf(path: ConfigPath): ValueOrigin {
    return this.#places.locate(path, 'value');
  }

  wrong(
    path: ConfigPath,
    found: string,
    expected: string,
    more: { readonly part?: 'key'; readonly nearest?: string | undefined } = {},
  ): void {
    const origin = this.#places.locate(path, more.part ?? 'value');
    const nearest = more.nearest === undefined ? {} : { nearest: more.nearest };
    this.problems.push({
      path: formatPath(path),
      origin,
      found,
      expected,
      ...nearest,
      excerpt: this.#places.excerpt(origin),
    });
  }

  notice(path: ConfigPath, text: string): void {
    this.notices.push({ path: formatPath(path), origin: this.originOf(path), text });
  }
}
