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
  readonly problems: ConfigProblem[];
  readonly notices: ConfigNotice[] = [];
  /** The layer as the source of its candidates: the configuration file's name. */
  readonly name: string;
  readonly #places: LayerPlaces;
  readonly #base: ConfigPath;

  constructor(name: string, places: LayerPlaces, base: ConfigPath = [], problems: ConfigProblem[] = []) {
    this.name = name;
    this.problems = problems;
    this.#places = places;
    this.#base = base;
  }

  /** The report of a layer that is written inside this one, at `base`: its problems are of this one, too. */
  within(base: ConfigPath): LayerReport {
    return new LayerReport(this.name, this.#places, [...this.#base, ...base], this.problems);
  }

  originOf(path: ConfigPath): ValueOrigin {
    return this.#places.locate([...this.#base, ...path], 'value');
  }

  wrong(
    path: ConfigPath,
    found: string,
    expected: string,
    more: { readonly part?: 'key'; readonly nearest?: string | undefined } = {},
  ): void {
    const whole = [...this.#base, ...path];
    const origin = this.#places.locate(whole, more.part ?? 'value');
    const nearest = more.nearest === undefined ? {} : { nearest: more.nearest };
    this.problems.push({
      path: formatPath(whole),
      origin,
      found,
      expected,
      ...nearest,
      excerpt: this.#places.excerpt(origin),
    });
  }

  notice(path: ConfigPath, text: string): void {
    this.notices.push({ path: formatPath([...this.#base, ...path]), origin: this.originOf(path), text });
  }
}
