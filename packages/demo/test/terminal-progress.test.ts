import { createProgress } from '../src/terminal-progress.js';

class Recorder {
  written = '';
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.written += text;
  }
}

/** Drives a progress with a clock that a test holds in its hand. */
function recorded(isTTY: boolean) {
  const stream = new Recorder(isTTY);
  let nowMs = 0;
  const progress = createProgress(stream, () => nowMs);
  return {
    stream,
    at: (ms: number, phase: string, done: number, total: number) => {
      nowMs = ms;
      progress(phase, done, total);
    },
  };
}

it.each([true, false])('says nothing about a phase that ends within a second (terminal: %s)', (isTTY) => {
  const { stream, at } = recorded(isTTY);
  at(0, 'pack', 1, 3);
  at(999, 'pack', 2, 3);
  at(1500, 'pack', 3, 3);
  at(1600, 'rebuild', 1, 3);
  expect(stream.written).toBe('');
});

it('takes its line on a terminal away again', () => {
  const { stream, at } = recorded(true);
  at(0, 'pack', 1, 8);
  at(1000, 'pack', 2, 8);
  at(1050, 'pack', 3, 8);
  at(1100, 'pack', 4, 8);
  at(1110, 'pack', 8, 8);
  expect(stream.written).toBe('\r\u001b[K  pack 25 %\r\u001b[K  pack 50 %\r\u001b[K');
});

it('writes at most one plain line a second elsewhere', () => {
  const { stream, at } = recorded(false);
  at(0, 'pack', 1, 8);
  at(1000, 'pack', 2, 8);
  at(1999, 'pack', 3, 8);
  at(2000, 'pack', 4, 8);
  at(9000, 'pack', 8, 8);
  expect(stream.written).toBe('  pack 25 %\n  pack 50 %\n');
});
