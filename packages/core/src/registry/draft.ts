import { isDeepStrictEqual } from 'node:util';

import type { Candidate } from '../decision/candidate.js';
import type { MarkCode, MarkDetail, Marks } from '../decision/mark.js';
import type { Selection } from '../decision/selection.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import { createError } from '../errors/oneiric-error.js';
import type { CheckedCandidate } from './check-candidate.js';
import { createCandidate, isSameCandidate } from './create-candidate.js';
import type { KeyCell } from './key-index.js';
import { KeySlot } from './key-slot.js';
import { isSameRegistration, rankedBy, wasRankedAnew } from './rank-anew.js';
import type { RankingDefaults } from './ranking-defaults.js';
import type { RegistryChange } from './registry-change.js';
import { REGISTRY_ERRORS } from './registry-errors.js';
import type { Version } from './version.js';
import { sourceIdentity } from './source-identity.js';

/** The edits of one key while a draft is being written. */
interface CellEdit {
  readonly cell: KeyCell;
  readonly base: KeySlot;
  readonly added: Candidate[];
  removed: Set<Candidate> | undefined;
  selection: Selection | undefined;
  marks: ReadonlyMap<number, Marks>;
}

/** What a registration did. */
export interface RegisterOutcome {
  readonly candidate: Candidate;
  readonly previous: Candidate | undefined;
  readonly changed: boolean;
}

/**
 * The next version of a registry while one synchronous operation writes it: in it no candidate is both added and
 * removed, because one call names each place of a source once. Reads what the version it started from holds; touches
 * only the keys that change; `finish` makes the new version, and dropping the draft undoes it all.
 */
export class Draft {
  readonly changes: RegistryChange[] = [];
  readonly #from: Version;
  readonly #next: Version;
  readonly #edits = new Map<KeyCell, CellEdit>();
  #nextSequence: number;

  constructor(from: Version) {
    this.#from = from;
    this.#next = from.layer();
    this.#nextSequence = from.state.nextSequence;
  }

  register(checked: CheckedCandidate, site: ValueOrigin | undefined): RegisterOutcome {
    const edit = this.#edit(this.#next.cellFor(checked.domain, checked.key));
    const identity = sourceIdentity(checked.source);
    const previous =
      identity === undefined
        ? undefined
        : this.#next.members.get(identity, memberName(edit.cell, checked.provider));
    const candidate = createCandidate(
      checked,
      previous?.sequence ?? this.#nextSequence,
      site,
      this.#next.defaults,
    );
    if (previous !== undefined && isSameCandidate(previous, candidate)) {
      return { candidate: previous, previous: undefined, changed: false };
    }
    if (previous === undefined) this.#nextSequence++;
    else this.#remove(edit, previous);
    this.#add(edit, candidate);
    this.changes.push(
      previous === undefined ? { kind: 'registered', candidate } : { kind: 'replaced', candidate, previous },
    );
    return { candidate, previous, changed: true };
  }

  /** Removes this very registration; false where it is not there any more. */
  unregister(candidate: Candidate): boolean {
    const today = this.#today(candidate);
    const edit = this.#find(today);
    if (edit === undefined) return false;
    this.#retire(edit, today);
    return true;
  }

  /** Removes what the source had before this draft and does not have any more. */
  retire(members: readonly Candidate[]): void {
    for (const member of members)
      this.#retire(this.#edit(this.#next.cellFor(member.domain, member.key)), member);
  }

  select(domain: string, key: string, selection: Selection | undefined): void {
    const known = this.#next.find(domain, key);
    if (known === undefined && selection === undefined) return;
    const edit = this.#edit(known ?? this.#next.cellFor(domain, key));
    const previous = edit.selection;
    if (isDeepStrictEqual(previous, selection)) return;
    edit.selection = selection;
    if (selection !== undefined) this.changes.push({ kind: 'selected', domain, key, selection, previous });
    else if (previous !== undefined) this.changes.push({ kind: 'selection-cleared', domain, key, previous });
  }

  /** Ranks whatever has no priority of its own by other defaults; a candidate whose rank changes is replaced. */
  rankBy(defaults: RankingDefaults): void {
    if (isDeepStrictEqual(defaults, this.#next.defaults)) return;
    this.#next.defaults = defaults;
    for (const slot of this.#from.state.slotsOf()) {
      for (const previous of slot.candidates) {
        const candidate = rankedBy(previous, defaults);
        if (candidate === previous) continue;
        const edit = this.#edit(this.#next.cellFor(previous.domain, previous.key));
        this.#remove(edit, previous);
        this.#add(edit, candidate);
        this.changes.push({ kind: 'replaced', candidate, previous });
      }
    }
    this.changes.push({ kind: 'ranking-defaults-changed' });
  }

  mark(
    candidate: Candidate,
    code: MarkCode,
    detail: MarkDetail | null,
    isSame: (a: MarkDetail) => boolean,
  ): void {
    const { domain, key, provider, sequence } = candidate;
    const current = this.#current(candidate);
    if (current === undefined) {
      throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN', {
        domain,
        key,
        provider,
        sequence,
      });
    }
    const { edit } = current;
    const marks = new Map(edit.marks.get(sequence));
    const known = marks.get(code);
    if (detail === null ? known === undefined : known !== undefined && isSame(known)) return;
    if (detail === null) marks.delete(code);
    else marks.set(code, detail);
    edit.marks = marks.size === 0 ? without(edit.marks, sequence) : new Map(edit.marks).set(sequence, marks);
    this.changes.push(
      detail === null
        ? { kind: 'mark-cleared', candidate: current.candidate, code }
        : { kind: 'marked', candidate: current.candidate, code, detail },
    );
  }

  /** Everything that the source has registered and that is still there. */
  membersOf(identity: string): readonly Candidate[] {
    return this.#next.members.values(identity);
  }

  /** The new version, a layer over the one that the draft started from; undefined where nothing changed. */
  finish(): Version | undefined {
    if (this.changes.length === 0) {
      this.#next.drop();
      return undefined;
    }
    for (const { cell, base, added, removed, selection, marks } of this.#edits.values()) {
      const isChanged =
        added.length > 0 || removed !== undefined || selection !== base.selection || marks !== base.marks;
      if (!isChanged && !base.isEmpty) continue;
      this.#next.put(cell, base.with({ added, removed }, selection, marks, this.#next.revision));
    }
    this.#next.seal(this.#nextSequence, this.changes);
    return this.#next;
  }

  /** Forgets everything the draft did. */
  drop(): void {
    this.#next.drop();
  }

  #edit(cell: KeyCell): CellEdit {
    let edit = this.#edits.get(cell);
    if (edit === undefined) {
      const base = this.#from.slotAt(cell) ?? KeySlot.empty(cell);
      const { selection, marks } = base;
      edit = { cell, base, added: [], removed: undefined, selection, marks };
      this.#edits.set(cell, edit);
    }
    return edit;
  }

  /** The edit of the key of this very registration; undefined where the registration is gone. */
  #find(candidate: Candidate): CellEdit | undefined {
    const cell = this.#next.find(candidate.domain, candidate.key);
    if (cell === undefined) return undefined;
    const edit = this.#edit(cell);
    return edit.base.has(candidate) ? edit : undefined;
  }

  /** The registration as it is ranked today: other defaults replace it by itself with another priority. */
  #today(candidate: Candidate): Candidate {
    if (!wasRankedAnew(candidate)) return candidate;
    const cell = this.#next.find(candidate.domain, candidate.key);
    const known = cell === undefined ? [] : (this.#from.slotAt(cell)?.candidates ?? []);
    return known.find((other) => isSameRegistration(other, candidate)) ?? candidate;
  }

  /** What stands today in the place of a candidate that was registered: itself, or what its source replaced it by. */
  #current(given: Candidate): { readonly edit: CellEdit; readonly candidate: Candidate } | undefined {
    const candidate = this.#today(given);
    const edit = this.#find(candidate);
    if (edit !== undefined) return { edit, candidate };
    const identity = sourceIdentity(candidate.source);
    const cell = this.#next.find(candidate.domain, candidate.key);
    if (identity === undefined || cell === undefined) return undefined;
    const successor = this.#next.members.get(identity, memberName(cell, candidate.provider));
    if (successor?.sequence !== candidate.sequence) return undefined;
    return { edit: this.#edit(cell), candidate: successor };
  }

  #add(edit: CellEdit, candidate: Candidate): void {
    edit.added.push(candidate);
    this.#index(edit.cell, candidate, candidate);
    this.#next.setRequiring(edit.cell, candidate, true);
  }

  #retire(edit: CellEdit, candidate: Candidate): void {
    this.#remove(edit, candidate);
    if (edit.marks.has(candidate.sequence)) edit.marks = without(edit.marks, candidate.sequence);
    this.changes.push({ kind: 'unregistered', candidate });
  }

  #remove(edit: CellEdit, candidate: Candidate): void {
    (edit.removed ??= new Set()).add(candidate);
    this.#next.setRequiring(edit.cell, candidate, false);
    this.#index(edit.cell, candidate, undefined);
  }

  #index(cell: KeyCell, candidate: Candidate, value: Candidate | undefined): void {
    const identity = sourceIdentity(candidate.source);
    if (identity !== undefined) this.#next.members.set(identity, memberName(cell, candidate.provider), value);
  }
}

function memberName(cell: KeyCell, provider: string): string {
  return `${String(cell.id)}/${provider}`;
}

function without<K, V>(map: ReadonlyMap<K, V>, name: K): ReadonlyMap<K, V> {
  const copy = new Map(map);
  copy.delete(name);
  return copy;
}
