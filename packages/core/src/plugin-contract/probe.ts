import { writeSync } from 'node:fs';

import { describeThrown } from '../foundation/describe-thrown.js';
import { canBeJudged, type ContractRuleId } from './contract-rules.js';
import { judgeImport } from './judge-import.js';
import { judgeInstances, judgeSideBySide } from './judge-instances.js';
import { judgeLoad, judgeReload } from './judge-load.js';
import { judgeAbort, judgeCandidates, judgeProvides, judgeSetup } from './judge-setup.js';
import type { ProbeMessage, ProbeRequest } from './probe-messages.js';
import { type Judge, ProbeState } from './probe-state.js';

/**
 * The program that tries a plugin, in a process of its own, and sends what it finds to whoever has started it: `runProbe`.
 * Each judge finds out about the rule that it stands beside, and about those that come next.
 */
const JUDGES: readonly (readonly [ContractRuleId, Judge])[] = [
  ['import', judgeImport],
  ['setup', judgeSetup],
  ['candidates', judgeCandidates],
  ['provides', judgeProvides],
  ['abort', judgeAbort],
  ['load', judgeLoad],
  ['reload', judgeReload],
  ['build', judgeInstances],
  ['side-by-side', judgeSideBySide],
];

const REPORT_FD = 3;

/** Written at once, so that nothing is lost however the process ends, and nothing keeps it alive. */
function send(message: ProbeMessage): void {
  writeSync(REPORT_FD, `${JSON.stringify(message)}\n`);
}

// They are opened when they are first asked for: now, so that the plugin is not thought to have done it.
const { stdout, stderr } = process;
const request = JSON.parse(String(process.argv[2])) as ProbeRequest;
const broken = new Set<ContractRuleId>(request.broken);
const judging = (rule: ContractRuleId): void => {
  send({ kind: 'judging', rule });
};
const probe = new ProbeState(request, judging, (rule, breach) => {
  if (broken.has(rule)) return;
  broken.add(rule);
  send({ kind: 'breach', rule, ...breach });
});

for (const [rule, judge] of JUDGES) {
  if (!canBeJudged(rule, broken)) continue;
  judging(rule);
  try {
    await judge(probe);
  } catch (error) {
    probe.blame(rule, { where: 'the trial of it', found: describeThrown(error) });
  }
}
send({ kind: 'done' });
// What the plugin left running has been counted; what was written leaves first.
stdout.write('', () => stderr.write('', () => process.exit()));
