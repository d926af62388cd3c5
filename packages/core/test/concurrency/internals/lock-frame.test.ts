import { describe, expect, it } from '@jest/globals';
import {
  DetachedBarrier,
  heldFrames,
  nearestLiveFrame,
  type ContextNode,
  type SectionFrame,
} from '../../../src/concurrency/lock-frame.js';
import { level, running } from './frames.js';

function lengthOf(context: ContextNode | undefined): number {
  let length = 0;
  for (let node = context; node !== undefined; node = node.outer) length++;
  return length;
}

describe('the frames that a context carries', () => {
  it('the nearest live frame of a lock is found past dead ones and past those of other locks', () => {
    const [a, b] = [level('a'), level('b')];
    const outer = running(a, 'outer');
    const other = running(b, 'other', outer);
    const inner = running(outer, 'inner', other);
    expect([nearestLiveFrame(inner, a.core), nearestLiveFrame(inner, b.core)]).toEqual([inner, other]);
    inner.live = false;
    expect(nearestLiveFrame(inner, a.core)).toBe(outer);
    outer.live = false;
    expect(nearestLiveFrame(inner, a.core)).toBeUndefined();
  });

  it('a barrier hides the frames of its own lock only, and those that are granted behind it are seen', () => {
    const [a, b] = [level('a'), level('b')];
    const hidden = running(a, 'hidden');
    const other = running(b, 'other', hidden);
    const barrier = new DetachedBarrier(hidden, other);
    expect([nearestLiveFrame(barrier, a.core), nearestLiveFrame(barrier, b.core)]).toEqual([
      undefined,
      other,
    ]);
    expect([...heldFrames(barrier)]).toEqual([other]);
    const later = running(a, 'later', barrier);
    expect(nearestLiveFrame(later, a.core)).toBe(later);
    expect([...heldFrames(later)]).toEqual([later, other]);
  });

  it('a barrier matters as long as any of the frames that it hides is live', () => {
    const a = level('a');
    const outer = running(a, 'outer');
    const inner = running(outer, 'inner', outer);
    const barrier = new DetachedBarrier(inner, inner);
    inner.live = false;
    expect(barrier.live).toBe(true);
    outer.live = false;
    expect(barrier.live).toBe(false);
  });

  it('a context in which two locks are passed on hand over hand for ever does not grow', () => {
    const levels = [level('a'), level('b')] as const;
    let context: SectionFrame | undefined;
    for (let turn = 0; turn < 1000; turn++) {
      const host = levels[turn % 2 === 0 ? 0 : 1];
      const before = context;
      nearestLiveFrame(before, host.core);
      context = running(host, `turn ${turn}`, before);
      if (before !== undefined) before.live = false;
    }
    expect(lengthOf(context)).toBeLessThanOrEqual(3);
  });

  it('what runs inside a settled section takes its place, and no reader joins it there', () => {
    const a = level('a');
    const writer = running(a, 'writer');
    const [first, second] = [running(writer, 'first', writer, true), running(writer, 'second', writer, true)];
    a.replace(writer);
    expect(a.running()).toEqual([first, second]);
    expect([first.host, second.host]).toEqual([a, a]);
    expect([a.admits(true), a.admits(false)]).toEqual([false, false]);
    a.remove(first);
    a.remove(second);
    expect([a.admits(true), a.admits(false)]).toEqual([true, true]);
  });
});
