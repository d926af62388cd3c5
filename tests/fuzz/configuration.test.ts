import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { createTemporaryFolder } from '../support/temporary-folder.js';
import { mutated } from './mutate.js';
import { ORIGINALS } from './originals.js';

/** `npm run soak` sets it; each form then gets a third of the time, and at least LONG texts. */
const soakMs = Number(process.env['ONEIRIC_SOAK_MS'] ?? 0);
const SHORT = { yaml: 1000, json: 1000, ts: 300 } as const;
const LONG = { yaml: 8000, json: 8000, ts: 5000 } as const;
const BATCH = 100;
/** No text may take as long to load; the machine may be busy. */
const SLOWEST_MS = 5000;
const CODES = /^ONEIRIC_(?:CONFIG|REGISTRY)_/;

interface Outcome {
  readonly kind: 'loaded' | 'refused' | 'uncoded' | 'escaped';
  readonly code?: string;
  readonly message?: string;
  readonly shown?: string;
  readonly stack?: string;
  readonly what?: string;
  readonly ms?: number;
  readonly places?: readonly { readonly file?: string; readonly line?: number }[];
}

const folder = createTemporaryFolder('fuzz');
const child = spawn(process.execPath, [join(import.meta.dirname, 'load-configs.mjs'), folder.path], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

afterAll(() => {
  child.kill();
  folder[Symbol.dispose]();
});

/** What is wrong with the way in which a text was loaded or refused; undefined where nothing is. */
function flawOf(extension: keyof typeof ORIGINALS, outcome: Outcome): string | undefined {
  const { kind, code = '', message = '', places, shown = '', ms = 0 } = outcome;
  if (kind !== 'loaded' && kind !== 'refused')
    return `it ended without a code: ${outcome.stack ?? String(outcome.what)}`;
  if (ms > SLOWEST_MS) return `it took ${String(ms)} ms`;
  if (shown.includes('hunter2') || message.includes('hunter2')) return 'it shows a secret';
  if (kind === 'loaded') return undefined;
  if (!CODES.test(code)) return `its code is ${code}`;
  if (/^ {4}at /m.test(message)) return 'its message has a stack';
  if (!code.startsWith('ONEIRIC_CONFIG_')) return undefined;
  if (!message.includes('oneiric.config.') && places === undefined) return 'it names no file';
  const isPlaced = extension === 'ts' ? 'file' : 'line';
  return places?.every((place) => place[isPlaced] !== undefined) === false
    ? 'a problem has no place'
    : undefined;
}

async function load(extension: string, texts: readonly string[]): Promise<readonly Outcome[]> {
  child.stdin.write(`${JSON.stringify({ extension, texts })}\n`);
  const outcomes: Outcome[] = [];
  for (const text of texts) {
    const answer = await answers.next();
    if (answer.done === true) throw new Error(`the process ended at ${JSON.stringify(text)}`);
    outcomes.push(JSON.parse(answer.value) as Outcome);
  }
  return outcomes;
}

describe('a mutated configuration', () => {
  it.each(['yaml', 'json', 'ts'] as const)(
    'in %s loads or is refused with a code and a place, and neither hangs nor crashes nor shows a secret',
    async (extension) => {
      const [original] = await load(extension, [ORIGINALS[extension]]);
      expect(original).toMatchObject({ kind: 'loaded' });
      const seed = Number(process.env['ONEIRIC_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
      const least = soakMs > 0 ? LONG[extension] : SHORT[extension];
      const until = Date.now() + soakMs / 3;
      const counts: Record<string, number> = {};
      let tried = 0;
      for (let round = 0; tried < least || Date.now() < until; round++) {
        const texts = fc.sample(mutated(ORIGINALS[extension]), { seed: seed + round, numRuns: BATCH });
        const outcomes = await load(extension, texts);
        for (const [index, outcome] of outcomes.entries()) {
          const flaw = flawOf(extension, outcome);
          if (flaw !== undefined)
            throw new Error(
              `${flaw}\n${JSON.stringify(outcome)}\n\n${texts[index] ?? ''}\n\nReplay:\nONEIRIC_SEED=${String(seed + round)} npm test -- tests/fuzz\n`,
            );
          const name = outcome.code ?? outcome.kind;
          counts[name] = (counts[name] ?? 0) + 1;
        }
        tried += texts.length;
      }
      if (soakMs > 0)
        process.stdout.write(`${extension}: ${String(tried)} texts, ${JSON.stringify(counts)}\n`);
      expect(counts['loaded']).toBeGreaterThan(0);
      expect(counts['ONEIRIC_CONFIG_INVALID']).toBeGreaterThan(0);
    },
    soakMs * 3 + 600_000,
  );
});
