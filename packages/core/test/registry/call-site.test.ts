import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { offer, plugin } from './harness/offer.js';

const HERE = fileURLToPath(import.meta.url);

describe('the site of a candidate', () => {
  it('is the line that registered it, relative to the project, in the object as in its JSON', async () => {
    const registry = new CandidateRegistry({ projectDir: dirname(HERE) });
    const [line, single] = [lineAfter(new Error()), await registry.registerCandidate(offer())];
    const several = await registry.registerAll([offer()]);
    const change = await registry.replaceSource(plugin('p'), [offer()]);
    const sites = [single.candidate, several[0]!.candidate, change.added[0]!].map(
      ({ origins }) => origins.site,
    );
    expect(sites.map((site) => [site?.kind, site?.file, site?.line])).toEqual([
      ['code', basename(HERE), line - 1],
      ['code', basename(HERE), line],
      ['code', basename(HERE), line + 1],
    ]);
    expect(JSON.parse(JSON.stringify(sites[0]))).toMatchObject({
      kind: 'code',
      file: basename(HERE),
      line: line - 1,
    });
  });

  it('never shows where the project lies, and outside it only the name of the file', async () => {
    const registry = new CandidateRegistry({ projectDir: '/somewhere/else' });
    const { candidate } = await registry.registerCandidate(offer());
    expect(candidate.origins.site?.file).toBe(basename(HERE));
    expect(JSON.stringify(registry.explain('adapter', 'cache'))).not.toContain(dirname(HERE));
  });

  it('of a call inside a transaction is that call, not the transaction', async () => {
    const registry = new CandidateRegistry({ projectDir: dirname(HERE) });
    await registry.transaction(async (tx) => {
      const line = lineAfter(new Error());
      const { candidate } = await tx.registerCandidate(offer());
      expect(candidate.origins.site?.line).toBe(line);
    });
  });

  it('stays that of the first registration when an identical one comes from elsewhere', async () => {
    const registry = new CandidateRegistry();
    const first = await registry.registerCandidate(offer({ source: plugin('p') }));
    const again = await registry.registerCandidate(offer({ source: plugin('p') }));
    expect(again.candidate.origins.site).toBe(first.candidate.origins.site);
  });

  it('leaves how deep stack traces go to the application', async () => {
    const { stackTraceLimit } = Error;
    try {
      Error.stackTraceLimit = 7;
      await new CandidateRegistry().registerCandidate(offer());
      expect(Error.stackTraceLimit).toBe(7);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  });
});

/** The line after the one where the error was made. */
function lineAfter(error: Error): number {
  return Number(/call-site\.test\.ts:(\d+)/.exec(String(error.stack))?.[1]) + 1;
}
