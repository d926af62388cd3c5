import type { Ask, Asks, LockReport, MakeSubject, Subject } from '../harness/subject.js';

/** The rules of the lock that one exclusive lock can be held to by itself. */
export type Rule = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 11 | 12 | 14;

/**
 * One sentence about every exclusive lock, and how to find out that it is false: `run` rejects.
 * A plain function, so that it can be run against locks that are meant to fail, too.
 */
export interface Check {
  readonly rule: Rule;
  readonly name: string;
  /** What the lock must be able to answer for the check to apply. */
  readonly needs: readonly Ask[];
  readonly run: (make: MakeSubject) => Promise<void>;
}

/** Does the check apply to locks like this one? */
export function applies(check: Check, subject: Subject): boolean {
  return check.needs.every((ask) => subject.asks[ask] !== undefined);
}

/** What the lock can be asked; throws where the check forgot to say in `needs` that it asks for it. */
export function asks<A extends Ask>(subject: Subject, ...needed: readonly A[]): Pick<Asks, A> {
  const absent = needed.filter((ask) => subject.asks[ask] === undefined);
  if (absent.length > 0) throw new Error(`the check needs ${absent.join(', ')}`);
  return subject.asks as Pick<Asks, A>;
}

/** The names of all held sections as nested arrays: `['a', ['b', 'c']]` is a with two children. */
export function tree(held: LockReport['held']): readonly unknown[] {
  return held.flatMap(({ name, children }) => (children.length === 0 ? [name] : [name, tree(children)]));
}
