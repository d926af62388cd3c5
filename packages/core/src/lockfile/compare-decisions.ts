import type { LockedCandidate, LockedDecision, LockedSelection } from './lockfile.js';
import type { LockfileChange, LockfileDifference, Restoration } from './lockfile-change.js';
import { labelCandidate } from './tell-decision.js';

/** What differs between two decisions of one key; undefined where nothing does. */
export function compareDecisions(
  before: LockedDecision,
  after: LockedDecision,
): Pick<LockfileDifference, 'severity' | 'changes' | 'restore'> | undefined {
  const winner = compareWinners(before, after);
  const changes: LockfileChange[] = [...winner];
  if (before.decidedBy !== after.decidedBy && before.winner !== null && after.winner !== null)
    changes.push({ kind: 'rule', from: before.decidedBy, to: after.decidedBy });
  const [selected, selects] = [tellSelection(before.selection), tellSelection(after.selection)];
  if (selected !== selects) changes.push({ kind: 'selection', from: selected, to: selects });
  changes.push(...compareCandidates(before.candidates, after.candidates, winner));
  if (changes.length === 0 && before.fingerprint !== after.fingerprint) changes.push({ kind: 'inputs' });
  if (changes.length === 0) return undefined;
  return winner.length === 0
    ? { severity: 'other', changes, restore: null }
    : { severity: 'winner', changes, restore: restorationOf(before, after) };
}

function compareWinners(before: LockedDecision, after: LockedDecision): readonly LockfileChange[] {
  if (before.winner !== after.winner) return [{ kind: 'winner', from: before.winner, to: after.winner }];
  const [old, now] = [activeOf(before), activeOf(after)];
  if (old === undefined || now === undefined) return [];
  const [from, to] = [sourceOf(old), sourceOf(now)];
  return from === to ? [] : [{ kind: 'winner-source', provider: old.provider, from, to }];
}

function activeOf({ candidates }: LockedDecision): LockedCandidate | undefined {
  return candidates.find(({ state }) => state === 'active');
}

/** What a provider's name stands for: its package, else its source. Two of one name may be two implementations. */
function sourceOf({ source, id, package: name }: LockedCandidate): string {
  if (name !== undefined) return name;
  return id === undefined
    ? source === 'config' || source === 'manual'
      ? 'the project'
      : source
    : `${source} ${id}`;
}

function tellSelection(selection: LockedSelection | null): string | null {
  if (selection === null) return null;
  return selection.policy === 'pin' ? selection.provider : `${selection.provider} (preferred)`;
}

function compareCandidates(
  before: readonly LockedCandidate[],
  after: readonly LockedCandidate[],
  winner: readonly LockfileChange[],
): readonly LockfileChange[] {
  const { pairs, vanished, appeared } = match(before, after);
  const isTold = winner.some(({ kind }) => kind === 'winner-source');
  return [
    ...vanished.map((each): LockfileChange => ({
      kind: 'candidate-vanished',
      provider: each.provider,
      label: labelCandidate(each),
    })),
    ...appeared.map((each): LockfileChange => ({
      kind: 'candidate-appeared',
      provider: each.provider,
      label: labelCandidate(each),
    })),
    ...pairs
      .flatMap(([old, now]) => compareCandidate(old, now))
      .filter(
        (change) =>
          !(isTold && change.kind === 'source' && winner.some((told) => isSameSource(told, change))),
      ),
  ];
}

function isSameSource(
  told: LockfileChange,
  change: Extract<LockfileChange, { readonly kind: 'source' }>,
): boolean {
  return told.kind === 'winner-source' && told.provider === change.provider && told.to === change.to;
}

function compareCandidate(old: LockedCandidate, now: LockedCandidate): readonly LockfileChange[] {
  const { provider } = now;
  const changes: LockfileChange[] = [];
  if (old.code !== now.code) {
    const reason = now.reason === undefined ? {} : { reason: now.reason };
    changes.push({ kind: 'filter', provider, from: old.code ?? null, to: now.code ?? null, ...reason });
  }
  const [from, to] = [sourceOf(old), sourceOf(now)];
  if (from !== to) changes.push({ kind: 'source', provider, from, to });
  for (const kind of ['version', 'factory'] as const) {
    const values = { from: old[kind] ?? null, to: now[kind] ?? null };
    if (values.from !== values.to) changes.push({ kind, provider, ...values });
  }
  for (const kind of ['priority', 'stackLevel'] as const)
    if (old[kind] !== now[kind]) changes.push({ kind, provider, from: old[kind], to: now[kind] });
  return changes;
}

/** Pairs candidates of one provider: those of the same source first, then in their order. */
function match(
  before: readonly LockedCandidate[],
  after: readonly LockedCandidate[],
): {
  readonly pairs: readonly (readonly [LockedCandidate, LockedCandidate])[];
  readonly vanished: readonly LockedCandidate[];
  readonly appeared: readonly LockedCandidate[];
} {
  const pairs: (readonly [LockedCandidate, LockedCandidate])[] = [];
  const open = new Set(after);
  let waiting = before;
  for (const fits of [isOfOneSource, isOfOneProvider]) {
    waiting = waiting.filter((old) => {
      const now = [...open].find((each) => fits(old, each));
      if (now === undefined) return true;
      open.delete(now);
      pairs.push([old, now]);
      return false;
    });
  }
  return { pairs, vanished: waiting, appeared: [...open] };
}

function isOfOneProvider(a: LockedCandidate, b: LockedCandidate): boolean {
  return a.provider === b.provider;
}

function isOfOneSource(a: LockedCandidate, b: LockedCandidate): boolean {
  return a.provider === b.provider && sourceOf(a) === sourceOf(b);
}

function restorationOf(before: LockedDecision, after: LockedDecision): Restoration | null {
  const { winner: provider } = before;
  if (provider === null || provider === after.winner) return null;
  const offers = after.candidates.filter((candidate) => candidate.provider === provider);
  if (offers.length === 0) return { kind: 'absent', provider };
  const filtered = offers.every(({ state }) => state === 'filtered');
  if (filtered) return { kind: 'filtered', provider, reason: offers[0]?.reason ?? 'is filtered' };
  const { selection } = after;
  return selection === null || selection.setBy === 'configuration'
    ? { kind: 'pin', provider }
    : { kind: 'override', provider, setBy: selection.setBy };
}
