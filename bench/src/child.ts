// One assignment in a process of its own: its first argument says which.
import { loadGroup } from './groups/catalogue.js';
import { measure } from './harness/measure.js';
import type { Answer, Assignment } from './harness/messages.js';
import { FULL, QUICK } from './harness/pace.js';
import { lastConsumed } from './harness/sink.js';
import { median } from './harness/statistics.js';

const assignment = JSON.parse(process.argv[2] ?? '{}') as Assignment;
const pace = assignment.quick ? QUICK : FULL;
const group = await loadGroup(assignment.group);

let answer: Answer;
if (assignment.contender === undefined) {
  answer = { kind: 'rows', rows: await group.run(pace) };
} else {
  const make = group.apart?.[assignment.contender];
  if (make === undefined)
    throw new Error(`The group ${group.name} has no contender ${assignment.contender}.`);
  const { alone } = await measure({ alone: await make() }, pace);
  answer = { kind: 'sample', nsPerTurn: median(alone) };
}
process.send?.(answer, () => {
  process.exit(lastConsumed() === process ? 1 : 0);
});
