import { rm } from 'node:fs/promises';

import { Adapter } from '../adapters/adapter.js';
import { classCount } from '../desk/bind-desk.js';
import { openDesk } from '../desk/open-desk.js';
import { DeskClient } from '../load/desk-client.js';
import { Load } from '../load/load.js';
import { planLoad } from '../load/load-plan.js';
import { Passengers } from '../load/passengers.js';
import { createRandom } from '../load/random.js';
import { auditClosedDesk, auditOpenDesk, type Finding } from './audit.js';
import { latencyTable } from './latency-table.js';
import { playScene, type Played } from './play-scene.js';
import { showProgress } from './progress.js';
import { scenes } from './scene.js';

const REQUESTS = 4000;
const CONCURRENCY = 32;

const print = (...lines: readonly string[]): void => console.log(lines.join('\n'));

/**
 * Opens the desk, sends passengers, swaps adapters under their hands, and checks everything afterwards.
 *
 * @returns whether all of it holds
 */
export async function demonstrate(): Promise<boolean> {
  await rm('data', { recursive: true, force: true });
  const desk = await openDesk();
  const { oneiric, url } = desk;
  print(`The desk is open at ${url}: ${classCount} classes of its own, and what Oneiric decides:`);
  for (const { domain, key } of oneiric.registry.keys())
    print(`  ${domain}/${key}: ${oneiric.explain(domain, key).summary}`);

  print('', `${REQUESTS} requests, ${CONCURRENCY} at a time. Meanwhile is swapped:`);
  const random = createRandom(2026);
  const client = new DeskClient(url);
  const passengers = new Passengers(client, random);
  const load = new Load(client, passengers, planLoad(REQUESTS, random));
  const played: Played[] = [];
  {
    using progress = showProgress(load);
    const running = load.run(CONCURRENCY);
    for (const scene of scenes) {
      const each = await playScene(scene, oneiric, load);
      played.push(each);
      progress.clear();
      print(`  ${scene.title}`, ...each.lines.map((line) => `    ${line}`));
    }
    await running;
  }
  const table = latencyTable(client.samples, played);

  const findings: Finding[] = [...(await auditOpenDesk(desk, load, passengers.book, played))];
  const closedBefore = Adapter.built.filter(({ closings }) => closings > 0).length;
  await desk.close();
  findings.push(...(await auditClosedDesk(passengers.book, 'data/bookings.jsonl', closedBefore)));

  print(
    '',
    ...table,
    '',
    'Checked:',
    ...findings.map(({ isFine, text }) => `  ${isFine ? 'ok   ' : 'WRONG'} ${text}`),
  );
  for (const failure of load.failures.slice(0, 5)) print(String(failure));
  return findings.every(({ isFine }) => isFine);
}
