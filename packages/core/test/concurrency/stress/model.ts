import type { LockName } from './program.js';

/**
 * What the rules say about who owns what, told from the program alone: the model follows the nesting of the source
 * text, never an async context, and knows nothing of queues.
 */

/** Where a piece of the program stands: inside which sections, and detached from which locks. */
export type Place =
  | { readonly kind: 'inside'; readonly section: Section; readonly outer: Place | undefined }
  | { readonly kind: 'detached'; readonly lock: LockName; readonly outer: Place | undefined };

/** A request and, once it has started, its section. */
export interface Section {
  readonly name: string;
  readonly lock: LockName;
  readonly mode: 'exclusive' | 'shared';
  /** Where it was requested. */
  readonly place: Place | undefined;
  readonly sequence: number;
  /** The section in whose queue it was put; `undecided` where that could not be told from outside. */
  readonly queue: Section | 'root' | 'undecided';
  state: 'waiting' | 'running' | 'ended' | 'refused';
  /** When its body started and ended, on the model's own clock. */
  startedAt: number;
  endedAt: number;
  /** Its promise has settled. */
  settled: boolean;
}

export class Model {
  readonly sections: Section[] = [];
  readonly violations: string[] = [];
  #now = 0;
  readonly #lastGranted = new Map<LockName, Map<Section | 'root', { any: number; exclusive: number }>>();

  request(lock: LockName, mode: Section['mode'], place: Place | undefined): Section {
    const sequence = this.sections.length;
    const ending = ancestors(place, lock).some(({ state, settled }) => state === 'ended' && !settled);
    const section: Section = {
      name: `${lock}${mode === 'shared' ? ' read' : ''} ${sequence}`,
      lock,
      mode,
      place,
      sequence,
      queue: ending ? 'undecided' : (owner(place, lock) ?? 'root'),
      state: 'waiting',
      startedAt: Infinity,
      endedAt: Infinity,
      settled: false,
    };
    this.sections.push(section);
    return section;
  }

  /** The body of `section` starts: everybody else must be out who has to be. */
  start(section: Section): void {
    if (section.state !== 'waiting')
      this.violations.push(`${section.name} started, but it was ${section.state}`);
    const above = ancestors(section.place, section.lock);
    for (const other of this.running(section.lock)) {
      if (above.includes(other)) {
        if (other.mode === 'shared' && section.mode === 'exclusive') {
          this.violations.push(`${section.name} writes inside the read ${other.name}`);
        }
      } else if (other.mode === 'exclusive' || section.mode === 'exclusive' || isLeftBehind(other, above)) {
        this.violations.push(`${section.name} started while ${other.name} was inside`);
      }
    }
    this.#checkOrder(section);
    section.state = 'running';
    section.startedAt = this.#now++;
  }

  end(section: Section): void {
    section.state = 'ended';
    section.endedAt = this.#now++;
  }

  /** The promise of `section` has settled. */
  settle(section: Section): void {
    if (section.state === 'waiting') section.state = 'refused';
    if (section.state === 'running') this.violations.push(`${section.name} settled while its body runs`);
    section.settled = true;
  }

  running(lock: LockName): readonly Section[] {
    return this.sections.filter((section) => section.lock === lock && section.state === 'running');
  }

  waiting(lock: LockName): readonly Section[] {
    return this.sections.filter((section) => section.lock === lock && section.state === 'waiting');
  }

  started(lock: LockName): number {
    return this.sections.filter(
      ({ lock: of, state }) => of === lock && (state === 'running' || state === 'ended'),
    ).length;
  }

  /** Does a section run inside `section`, at any depth? */
  hasRunningInside(section: Section): boolean {
    return this.running(section.lock).some(({ place }) => ancestors(place, section.lock).includes(section));
  }

  /**
   * The waiting requests that can never start unless one of them fails. A request waits for all who run and are not
   * above it; who runs waits for every request that was made from inside.
   */
  deadlocked(): ReadonlySet<Section> {
    const waiting = this.sections.filter(({ state }) => state === 'waiting');
    const blockers = new Map(
      waiting.map((request) => {
        const above = ancestors(request.place, request.lock);
        const holders = this.running(request.lock).filter((holder) => !above.includes(holder));
        const next = waiting.filter((other) => holders.some((holder) => isInside(other.place, holder)));
        return [request, next];
      }),
    );
    return new Set(waiting.filter((request) => reaches(request, request, blockers)));
  }

  /** First come, first served: among those who were put in one queue, nobody starts after a later one did. */
  #checkOrder({ name, lock, mode, sequence, queue }: Section): void {
    if (queue === 'undecided') return;
    const queues =
      this.#lastGranted.get(lock) ?? new Map<Section | 'root', { any: number; exclusive: number }>();
    this.#lastGranted.set(lock, queues);
    const last = queues.get(queue) ?? { any: -1, exclusive: -1 };
    queues.set(queue, last);
    const latest = mode === 'shared' ? last.exclusive : last.any;
    if (latest > sequence) this.violations.push(`${name} started after request ${latest} of the same queue`);
    last.any = Math.max(last.any, sequence);
    if (mode === 'exclusive') last.exclusive = Math.max(last.exclusive, sequence);
  }
}

/** All sections of `lock` that `place` lies in, dead or alive, innermost first, as far as no detach hides them. */
function ancestors(place: Place | undefined, lock: LockName): readonly Section[] {
  const found: Section[] = [];
  for (let node = place; node !== undefined; node = node.outer) {
    if (node.kind === 'inside' && node.section.lock === lock) found.push(node.section);
    if (node.kind === 'detached' && node.lock === lock) break;
  }
  return found;
}

/** The section of `lock` that `place` owns: the nearest that is still running. */
export function owner(place: Place | undefined, lock: LockName): Section | undefined {
  return ancestors(place, lock).find(({ state }) => state === 'running');
}

/**
 * Does `reader` run inside an exclusive section that has ended since, and that is not one of `above`? Then nobody may
 * join it: the place of that section is taken until all of it is out.
 */
function isLeftBehind(reader: Section, above: readonly Section[]): boolean {
  return ancestors(reader.place, reader.lock).some(
    (outer) => outer.mode === 'exclusive' && outer.endedAt > reader.startedAt && !above.includes(outer),
  );
}

function isInside(place: Place | undefined, section: Section): boolean {
  return ancestors(place, section.lock).includes(section);
}

function reaches(from: Section, target: Section, next: ReadonlyMap<Section, readonly Section[]>): boolean {
  const seen = new Set<Section>();
  const open = [...(next.get(from) ?? [])];
  for (let request = open.pop(); request !== undefined; request = open.pop()) {
    if (request === target) return true;
    if (seen.has(request)) continue;
    seen.add(request);
    open.push(...(next.get(request) ?? []));
  }
  return false;
}
