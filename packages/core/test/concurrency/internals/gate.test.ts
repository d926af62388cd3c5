import { describe, expect, it } from '@jest/globals';
import { Gate } from '../../../src/concurrency/gate.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the gate before a contended level', () => {
  it('wakes nobody before it is opened, and never in the call that opens it', async () => {
    let woken = 0;
    const gate = new Gate(() => woken++);
    gate.arm();
    await settled();
    expect(woken).toBe(0);
    gate.open();
    expect(woken).toBe(0);
    await settled();
    expect(woken).toBe(1);
  });

  it('wakes once for each time it was armed, one opening each', async () => {
    let woken = 0;
    const gate = new Gate(() => {
      woken++;
      gate.arm();
    });
    gate.arm();
    for (let opened = 1; opened <= 3; opened++) {
      gate.open();
      await settled();
      expect(woken).toBe(opened);
    }
  });

  it('passes itself on, so that a wake-up which comes too late can be told from one that is due', async () => {
    const seen: Gate[] = [];
    const gate = new Gate((which) => seen.push(which));
    gate.arm();
    gate.open();
    await settled();
    expect(seen).toEqual([gate]);
  });
});
