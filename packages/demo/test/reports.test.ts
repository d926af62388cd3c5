import { stripVTControlCharacters } from 'node:util';

import type { CandidateRegistry, DecisionChangedEvent } from '@oneiric/core';

import { reportChange } from '../src/change-report.js';
import { reportDecision } from '../src/decision-report.js';
import { differences } from '../src/difference.js';
import type { JobReport } from '../src/job.js';
import { compareJobs, reportJob } from '../src/job-report.js';
import { screenOf, widthOf } from '../src/screen.js';
import { explainTools, WANTED } from '../src/tools.js';
import { demoOneiric, demoRegistry } from './support/demo-registry.js';

const JOB: JobReport = {
  places: 171_075,
  blocks: 86,
  inputBytes: 17_142_887,
  encodedBytes: 17_142_971,
  compressedBytes: 3_086_174,
  missed: 1,
  digest: '6a9fa72165a464ddb321bd7521746b5e1b4a76c2619e05eb3a90d73b6b979b7f',
  timesMs: {
    read: 40,
    parse: 250,
    encode: 281,
    compress: 1130,
    store: 11,
    fetch: 3,
    decompress: 188,
    decode: 491,
    verify: 477,
  },
};
const SMALLER: JobReport = {
  ...JOB,
  encodedBytes: 6_882_483,
  compressedBytes: 2_928_168,
  timesMs: { ...JOB.timesMs, encode: 173, decode: 77 },
};

let registry: CandidateRegistry;
beforeEach(async () => {
  registry = await demoRegistry({ platform: { os: 'linux', node: '20.20.2' } });
});

async function storyOf(provider: string) {
  const { key } = WANTED.serializer;
  const before = registry.explain(key);
  const events: DecisionChangedEvent[] = [];
  registry.on('decision-changed', (event) => events.push(event));
  await registry.select('adapter', 'serializer', provider);
  return { before, after: registry.explain(key), events, swaps: [], others: { total: 6, same: 6 } };
}

it('says of each loser what it would have needed', () => {
  const screen = screenOf(80, false);
  expect(reportDecision(registry.explain(WANTED.compressor.key), screen)).toEqual([
    'adapter/compressor',
    '  brotli wins over gzip: decided at priority, 20 over 10; 1 filtered.',
    '    gzip    would win with priority 21, if selected or without brotli',
    '    fflate  would win with priority 21 or if selected',
    '    zstd    filtered: needs Node ^22.15.0 || >=23.8.0, this is 20.20.2',
  ]);
});

it('asks its question as the command line would', () => {
  const titles = Object.values(explainTools(registry)).map(
    (decision) => reportDecision(decision, screenOf(80, false))[0],
  );
  expect(titles).toContain('adapter/cache --capability bounded');
  expect(titles).toContain('adapter/digest --capability cryptographic,native --any-capability');
});

it('shows a job step by step', () => {
  expect(reportJob(JOB, explainTools(registry), screenOf(80, false)).slice(0, 9)).toEqual([
    '  read        17.1 MB             40 ms  429 MB/s  stream',
    '  parse       171,075 places     250 ms   69 MB/s',
    '  encode      17.1 MB → 17.1 MB  281 ms   61 MB/s  json',
    '  compress    17.1 MB → 3.1 MB   1.13 s   15 MB/s  brotli',
    '  store       86 blocks           11 ms            nanoid, lru-cache',
    '  fetch       85 of 86 blocks    3.0 ms            lru-cache',
    '  decompress  3.1 MB → 17.1 MB   188 ms   91 MB/s  brotli',
    '  decode      171,075 places     491 ms   35 MB/s  json',
    '  verify      17,142,887 bytes   477 ms   36 MB/s  sha256',
  ]);
});

it('sets two jobs side by side', () => {
  expect(compareJobs(['json', 'msgpack'], [JOB, SMALLER], screenOf(80, false))).toEqual([
    '                 json  msgpack  change',
    '  encoded     17.1 MB   6.9 MB   −60 %',
    '  compressed   3.1 MB   2.9 MB    −5 %',
    '  encode       281 ms   173 ms   −38 %',
    '  compress     1.13 s   1.13 s    ±0 %',
    '  decompress   188 ms   188 ms    ±0 %',
    '  decode       491 ms    77 ms   −84 %',
    '  all steps    2.87 s   2.35 s   −18 %',
  ]);
});

it('tells a change by its sentences, its event and what differs', async () => {
  const story = await storyOf('msgpack');
  const lines = reportChange(story, screenOf(100, false));
  expect(lines.slice(0, 3)).toEqual([
    '  before  json wins over msgpack: decided at selection, which names it.',
    '  after   msgpack (msgpackr 2.1.3) wins over v8: decided at selection, which names it.',
    '  event   decision-changed in revision 2: adapter/serializer from json to msgpack',
  ]);
  expect(differences(story.before, story.after)).toEqual([
    { what: 'selection', before: 'json', after: 'msgpack' },
    { what: 'json', before: 'active', after: 'shadowed, lost at selection' },
    { what: 'msgpack', before: 'shadowed, lost at selection', after: 'active' },
    {
      what: 'fingerprint',
      before: story.before.fingerprint.slice(0, 15) + '…',
      after: story.after.fingerprint.slice(0, 15) + '…',
    },
  ]);
});

it('tells the swap that follows a change', async () => {
  const { lifecycle, registry: decided } = await demoOneiric();
  await lifecycle.activate(WANTED.serializer.key);
  const swap = await lifecycle.swap(WANTED.serializer.key, { provider: 'v8' });
  const explained = decided.explain(WANTED.serializer.key);
  const story = { before: explained, after: explained, events: [], others: { total: 6, same: 6 } };
  const lines = reportChange({ ...story, swaps: [{ ...swap, durationMs: 31.4 }] }, screenOf(80, false));
  expect(lines).toContain('  swap    v8 serves in place of json, which is closed, after 31 ms');
});

it('says so when the winner stays, and finds no difference', async () => {
  const story = await storyOf('json');
  expect(differences(story.before, story.after)).toEqual([]);
  expect(reportChange(story, screenOf(80, false))).toContain('  event   none: the winner is the same');
});

it('tells a pin to a name that nobody offers, with the nearest one', async () => {
  const text = reportChange(await storyOf('msgpak'), screenOf(200, false)).join('\n');
  expect(text).toContain('Did you mean "msgpack"?');
  expect(text).toContain('adapter/serializer from json to nothing');
});

describe.each([40, 80, 200])('in %i columns', (width) => {
  const everything = async (hasColour: boolean): Promise<readonly string[]> => {
    const screen = screenOf(width, hasColour);
    const decisions = explainTools(registry);
    return [
      ...Object.values(decisions).flatMap((decision) => reportDecision(decision, screen)),
      ...reportJob(JOB, decisions, screen),
      ...compareJobs(['json', 'a-provider-with-a-long-name'], [JOB, SMALLER], screen),
      ...reportChange(await storyOf('msgpack'), screen),
    ];
  };

  it('no line is wider', async () => {
    const lines = await everything(true);
    expect(lines.filter((line) => widthOf(line) > width)).toEqual([]);
  });

  it('no line ends with a space', async () => {
    const lines = await everything(false);
    expect(lines.filter((line) => line.endsWith(' '))).toEqual([]);
  });

  it('colour changes no word', async () => {
    const coloured = await everything(true);
    registry = await demoRegistry({ platform: { os: 'linux', node: '20.20.2' } });
    const plain = await everything(false);
    expect(plain.join('\n')).not.toContain('\u001b');
    expect(coloured.join('\n')).toContain('\u001b');
    expect(coloured.map(stripVTControlCharacters)).toEqual(plain);
  });
});
