import type { ValueOrigin } from '../decision/value-origin.js';
import { redactText } from '../security/redact.js';
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

/** A place in a layer, for a problem that is found later. */
export interface ConfigPlace {
  readonly path: ConfigPath;
  readonly origin: ValueOrigin;
  readonly excerpt: () => readonly SourceLine[];
}

/** The problem that something at a place is not as expected. */
export function problemAt(
  { path, origin, excerpt }: ConfigPlace,
  found: string,
  expected: string,
  nearest?: string,
): ConfigProblem {
  const meant = nearest === undefined ? {} : { nearest };
  return {
    path: formatPath(path),
    origin,
    found: redactText(found),
    expected,
    ...meant,
    excerpt: excerpt(),
  };
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
    return this.placeOf(path).origin;
  }

  placeOf(path: ConfigPath, part: 'key' | 'value' = 'value'): ConfigPlace {
    const whole = [...this.#base, ...path];
    const origin = this.#places.locate(whole, part);
    return { path: whole, origin, excerpt: () => this.#places.excerpt(origin) };
  }

  wrong(
    path: ConfigPath,
    found: string,
    expected: string,
    more: { readonly part?: 'key'; readonly nearest?: string | undefined } = {},
  ): void {
    this.problems.push(problemAt(this.placeOf(path, more.part), found, expected, more.nearest));
  }

  notice(path: ConfigPath, text: string): void {
    const place = this.placeOf(path);
    this.notices.push({ path: formatPath(place.path), origin: place.origin, text });
  }
}
