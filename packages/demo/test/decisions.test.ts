import type { CandidateRegistry } from '@oneiric/core';

import { explainTools, TOOL_NAMES, WANTED } from '../src/tools.js';
import { demoRegistry } from './support/demo-registry.js';

const onNode = (node: string): Promise<CandidateRegistry> =>
  demoRegistry({ platform: { os: 'linux', node } });

/** The decisions of the demo, so that a change of the configuration is seen. */
const DECISIONS = [
  // key         Node       winner       decided by      filtered
  ['reader', '20.20.2', 'stream', 'stackLevel', {}],
  ['serializer', '20.20.2', 'json', 'selection', {}],
  ['compressor', '20.20.2', 'brotli', 'priority', { zstd: 'PLATFORM_UNSUPPORTED' }],
  ['compressor', '22.14.0', 'brotli', 'priority', { zstd: 'PLATFORM_UNSUPPORTED' }],
  ['compressor', '22.15.0', 'zstd', 'priority', {}],
  ['compressor', '24.4.1', 'zstd', 'priority', {}],
  ['cache', '20.20.2', 'lru-cache', 'priority', { map: 'CAPABILITY_MISSING' }],
  ['ids', '20.20.2', 'nanoid', 'registration', {}],
  ['digest', '20.20.2', 'sha256', 'capability', { xxh64: 'CAPABILITY_MISSING' }],
  ['logger', '20.20.2', 'pino', 'priority', {}],
] as const;

it.each(DECISIONS)(
  '%s on Node %s: %s wins, decided at %s',
  async (tool, node, winner, decidedBy, filtered) => {
    const { key, request } = WANTED[tool];
    const explanation = (await onNode(node)).explain(key, request);
    expect(explanation.winner?.provider).toBe(winner);
    expect(explanation.decidedBy).toBe(decidedBy);
    const out = explanation.candidates.flatMap((report) =>
      report.state === 'filtered' ? [[report.provider, report.code]] : [],
    );
    expect(Object.fromEntries(out)).toEqual(filtered);
  },
);

it('shows every rule of the ranking at work', async () => {
  const explanations = Object.values(explainTools(await onNode('20.20.2')));
  const rules = new Set(explanations.map(({ decidedBy }) => decidedBy));
  expect([...rules].sort()).toEqual([...explanations[0]!.rules.rank].sort());
});

it('has exactly one tie, also for plain requests', async () => {
  const registry = await onNode('20.20.2');
  const asked = Object.values(explainTools(registry));
  const plain = TOOL_NAMES.map((name) => registry.explain(WANTED[name].key));
  for (const explanations of [asked, plain]) {
    const ties = explanations.filter(({ outcome }) => outcome === 'tie');
    expect(ties.map(({ request }) => request.key)).toEqual(['ids']);
  }
});

it('offers each of its keys and candidates to the job', async () => {
  const registry = await demoRegistry();
  const wanted = TOOL_NAMES.map((name) => WANTED[name].key.key);
  expect(registry.keys().map(({ key }) => key)).toEqual([...wanted].sort());
  const candidates = registry.keys().flatMap(({ domain, key }) => registry.explain(domain, key).candidates);
  expect(candidates.length).toBeGreaterThanOrEqual(16);
  expect(registry.keys().length).toBeGreaterThanOrEqual(6);
});
