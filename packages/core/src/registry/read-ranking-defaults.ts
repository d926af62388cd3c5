import type { ValueOrigin } from '../decision/value-origin.js';
import { PRIORITY_BOUND } from './check-candidate.js';
import type { RankingDefaults } from './ranking-defaults.js';
import { isObject, isText, noteIn, readInteger, readList, TEXT_EXPECTED, type Wrong } from './read-field.js';
import { ORIGIN_EXPECTED, readOrigin } from './read-origin.js';
import { optionInvalid, type InputProblem } from './registry-errors.js';
import type { RegistryOptions } from './registry-options.js';

const DEFAULT: ValueOrigin = Object.freeze({ kind: 'default' });
const LIST_STEP = 10;

/** Checks what ranks candidates without a priority. Throws `ONEIRIC_REGISTRY_OPTION_INVALID` with every problem. */
export function readRankingDefaults(options: RegistryOptions): RankingDefaults {
  const problems: InputProblem[] = [];
  const wrong = noteIn(problems);
  const { stackOrder, defaultPriorityOrigin } = options;
  const defaults = {
    defaultPriority: readInteger(options.defaultPriority, 'defaultPriority', PRIORITY_BOUND, wrong) ?? 0,
    defaultPriorityOrigin: readSetBy(defaultPriorityOrigin, 'defaultPriorityOrigin', wrong) ?? DEFAULT,
    stackOrder: readStackOrder(stackOrder, wrong),
  };
  if (problems.length > 0) throw optionInvalid(problems);
  return defaults;
}

function readStackOrder(input: unknown, wrong: Wrong): RankingDefaults['stackOrder'] {
  const order = new Map<string, { readonly priority: number; readonly origin: ValueOrigin }>();
  for (const { name, path, priority, origin } of stackOrderEntries(input, wrong)) {
    if (!isText(name)) wrong(path, name, `a package name: ${TEXT_EXPECTED}`);
    else if (order.has(name)) wrong(path, name, 'each package once');
    else {
      const checked = readInteger(priority ?? null, path, PRIORITY_BOUND, wrong);
      const setBy = readSetBy(origin, `${path}.origin`, wrong);
      const own: ValueOrigin = {
        kind: 'stack-order',
        package: name,
        ...(setBy === undefined ? {} : { setBy }),
      };
      order.set(name, { priority: checked ?? 0, origin: Object.freeze(own) });
    }
  }
  return order;
}

interface StackOrderEntry {
  readonly name: unknown;
  readonly path: string;
  readonly priority: unknown;
  readonly origin?: unknown;
}

function stackOrderEntries(input: unknown, wrong: Wrong): readonly StackOrderEntry[] {
  if (input === undefined) return [];
  if (isObject(input)) {
    return Object.entries(input).map(([name, value]) => {
      const path = `stackOrder.${name}`;
      return isObject(value)
        ? { name, path, priority: value['priority'], origin: value['origin'] }
        : { name, path, priority: value };
    });
  }
  const expected = 'a list of package names, or priorities by package name';
  return readList(input, 'stackOrder', expected, wrong).map((name, index) => {
    return { name, path: `stackOrder[${index}]`, priority: index * LIST_STEP };
  });
}

function readSetBy(value: unknown, path: string, wrong: Wrong): ValueOrigin | undefined {
  if (value === undefined) return undefined;
  const origin = readOrigin(value);
  if (origin === undefined) wrong(path, value, ORIGIN_EXPECTED);
  return origin;
}
