import { BOUNDS } from '../decision/changes.js';
import { describeValue } from '../foundation/describe-value.js';
import { isPackageName } from '../security/package-name.js';
import type { Sourced } from './config-layer.js';
import { EXPECTED } from './config-words.js';
import type { LayerReport } from './layer-report.js';
import { readMap } from './read-map.js';
import { listWorth, LONGEST_STACK_LIST } from './stack-order.js';

/** Reads priorities by package, or a list of packages. */
export function readStackOrder(value: unknown, report: LayerReport): ReadonlyMap<string, Sourced<number>> {
  if (value === undefined) return new Map();
  if (Array.isArray(value)) return readList(value, report);
  const order = new Map<string, Sourced<number>>();
  for (const [name, priority] of Object.entries(
    readMap(value, ['stackOrder'], EXPECTED.stackOrder, report),
  )) {
    const path = ['stackOrder', name];
    if (!isPackageName(name)) report.wrong(path, describeValue(name), EXPECTED.package, { part: 'key' });
    if (!isPriority(priority)) report.wrong(path, describeValue(priority), EXPECTED.priority);
    else if (isPackageName(name)) order.set(name, { value: priority, origin: report.originOf(path) });
  }
  return order;
}

function readList(names: readonly unknown[], report: LayerReport): ReadonlyMap<string, Sourced<number>> {
  const order = new Map<string, Sourced<number>>();
  if (names.length > LONGEST_STACK_LIST)
    report.wrong(['stackOrder'], `a list of ${String(names.length)}`, EXPECTED.stackListLength);
  for (const [index, name] of names.entries()) {
    const path = ['stackOrder', index];
    if (!isPackageName(name)) report.wrong(path, describeValue(name), EXPECTED.package);
    else if (order.has(name)) report.wrong(path, `${describeValue(name)} again`, EXPECTED.once);
    else order.set(name, { value: listWorth(index), origin: report.originOf(path) });
  }
  return order;
}

/** Is `value` an integer within the bounds of a priority? */
export function isPriority(value: unknown): value is number {
  return (
    Number.isInteger(value) &&
    (value as number) >= BOUNDS.priority.min &&
    (value as number) <= BOUNDS.priority.max
  );
}
