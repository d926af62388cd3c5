import { type Cell, table, wrap } from '../layout.js';
import type { Screen } from '../screen.js';
import { count } from '../units.js';
import type { Sums } from './sums.js';

/** What a service says when it has stopped. */
export function reportSums(sums: Sums, screen: Screen): readonly string[] {
  const { name, seconds, jobs, calls, instances } = sums;
  const row = (title: string, value: number, told = ''): readonly Cell[] => [
    title,
    { right: count(value) },
    told,
  ];
  const others = instances.started - instances.closedOnce;
  const rows = [
    row('jobs', jobs.done, `${count(Math.round(jobs.done / seconds))} a second`),
    row('wrong', jobs.wrong),
    row('failed', jobs.failed),
    row('calls', calls.begun, 'on live handles'),
    row('answered', calls.answered),
    row('refused', calls.refused),
    row('withdrawn', calls.withdrawn, calls.withdrawn === 0 ? '' : 'they waited for what is paused'),
    row('lost', calls.lost),
    row('swaps', sums.swaps),
    row('forgotten', sums.forgotten, 'by the cache'),
    row(
      'instances',
      instances.started,
      others === 0 ? 'each closed once' : `${count(others)} of them not closed once`,
    ),
  ];
  return [
    ...wrap(`${name} has stopped after ${seconds.toFixed(1)} s.`, screen.width).map(screen.strong),
    '',
    ...table(rows, screen.width),
    '',
    ...sums.problems.flatMap((problem) => wrap(problem, screen.width, '  ').map(screen.bad)),
    ...(sums.isFine
      ? wrap('Nothing was lost: every byte came back as it was.', screen.width, '  ').map(screen.good)
      : wrap('Something is wrong: see above.', screen.width, '  ').map(screen.bad)),
  ];
}
