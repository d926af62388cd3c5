/** One thing that the contract asks of a plugin. */
export interface ContractRule {
  readonly id: string;
  /** What has to be true, as the name of a test. */
  readonly sentence: string;
  /** What its author does where it is not. */
  readonly next: string;
  /** Whether it is seen in the files of the package, or takes a trial. */
  readonly stage: 'package' | 'trial';
  /** The rules without which this one cannot be judged: where one of them is broken, only that is told. */
  readonly after: readonly string[];
}

/**
 * What a plugin has to keep, in the order in which it is looked at: first what is written in the package, then the
 * package as npm would install it, imported and loaded in a process of its own.
 */
export const CONTRACT_RULES = [
  {
    id: 'declared',
    stage: 'package',
    sentence: 'package.json declares the plugin: "oneiric": { "plugin": "./…" }',
    next: 'Add "oneiric": { "plugin": "./plugin.js" } to package.json, with the path of the module that exports the plugin.',
    after: [],
  },
  {
    id: 'entry',
    stage: 'package',
    sentence: 'the module that package.json names is a file inside the package',
    next: 'Name a file that is there, relative to package.json; where it is built, build it before the tests.',
    after: ['declared'],
  },
  {
    id: 'format',
    stage: 'package',
    sentence: 'the module is one that Node imports as it is',
    next: 'Give it the ending .mjs, or .js together with "type": "module" in package.json; compile TypeScript first.',
    after: ['entry'],
  },
  {
    id: 'core-peer',
    stage: 'package',
    sentence: '@oneiric/core is a peer dependency, and no dependency',
    next: 'Move "@oneiric/core" to "peerDependencies", so that the plugin uses the copy of its host; for your own tests add it to "devDependencies".',
    after: [],
  },
  {
    id: 'core-range',
    stage: 'package',
    sentence: 'the range for @oneiric/core takes in the version that is running these checks',
    next: 'Widen the range in "peerDependencies" once the tests pass with this version, or test with one that it takes in.',
    after: ['core-peer'],
  },
  {
    id: 'packed',
    stage: 'trial',
    sentence: 'npm packs the module, and every file that it needs',
    next: 'Add the file to "files" in package.json; "npm pack --dry-run" lists what is packed.',
    after: ['entry', 'format'],
  },
  {
    id: 'dependencies',
    stage: 'trial',
    sentence: 'every package that it imports is among its dependencies',
    next: 'Add the package to "dependencies" (or "peerDependencies") in package.json: a devDependency is not installed with the plugin.',
    after: ['packed'],
  },
  {
    id: 'import',
    stage: 'trial',
    sentence: 'the module can be imported within the time limit',
    next: 'Throw and wait in setup or in a factory, not while the module is imported: "oneiric list" imports it, too.',
    after: ['packed'],
  },
  {
    id: 'import-leaves-nothing',
    stage: 'trial',
    sentence: 'importing it starts nothing that keeps a process alive',
    next: 'Start timers, watchers, sockets and workers in setup or in a factory, and stop them in the cleanup.',
    after: ['import'],
  },
  {
    id: 'globals',
    stage: 'trial',
    sentence: 'importing it changes no global, no environment variable and no listener of the process',
    next: 'Keep it in the module or in an instance. Where a dependency needs a global of its own, name it in the option "globals".',
    after: ['import'],
  },
  {
    id: 'silent',
    stage: 'trial',
    sentence: 'it writes nothing to stdout',
    next: 'Leave stdout to the program: "oneiric … --json" has to stay readable. Tell what there is to tell to a logger of your settings.',
    after: ['import'],
  },
  {
    id: 'plugin',
    stage: 'trial',
    sentence: 'its default export is a plugin, with a valid name',
    next: 'Write: export default definePlugin({ name, candidates, setup }).',
    after: ['import'],
  },
  {
    id: 'setup',
    stage: 'trial',
    sentence: 'setup ends within the time limit and does not throw',
    next: 'Let setup wait for nothing that may never come, and leave what can fail to the factories: a candidate that cannot be built is reported, a setup that throws takes all of them away.',
    after: ['import', 'plugin'],
  },
  {
    id: 'candidates',
    stage: 'trial',
    sentence: 'every candidate is valid, and none is offered twice',
    next: 'Correct each place that is listed; two of one domain and key need different providers.',
    after: ['setup'],
  },
  {
    id: 'needs',
    stage: 'trial',
    sentence: 'every "inject" and every "requires" of its candidates names a key',
    next: 'Write "domain/key", or a key made by defineKey.',
    after: ['setup'],
  },
  {
    id: 'provides',
    stage: 'trial',
    sentence: '"provides" in package.json is what the plugin offers',
    next: 'Correct "oneiric.provides": it is what stays visible where the plugin cannot be loaded.',
    after: ['candidates', 'needs'],
  },
  {
    id: 'abort',
    stage: 'trial',
    sentence: 'setup ends soon after its signal is aborted',
    next: 'Pass context.signal on to whatever setup waits for.',
    after: ['setup'],
  },
  {
    id: 'load',
    stage: 'trial',
    sentence: 'Oneiric loads it',
    next: 'Look at the reason above; "oneiric plugins" shows the same in a project.',
    after: ['core-range', 'provides', 'abort'],
  },
  {
    id: 'unload',
    stage: 'trial',
    sentence: 'unloading it leaves no candidate, and nothing that keeps a process alive',
    next: 'Return a cleanup from setup that stops what setup started.',
    after: ['load'],
  },
  {
    id: 'reload',
    stage: 'trial',
    sentence: 'it can be loaded again after it was unloaded, and offers the same',
    next: 'Make in setup what setup uses, instead of once when the module is imported.',
    after: ['load'],
  },
  {
    id: 'build',
    stage: 'trial',
    sentence: 'an instance of every candidate can be built from the settings',
    next: 'Give valid settings in the option "settings", and what is injected in the option "companions".',
    after: ['reload'],
  },
  {
    id: 'health',
    stage: 'trial',
    sentence: 'every instance says that it is well',
    next: 'Let the factory wait until the instance is well, or give settings with which it can be.',
    after: ['build'],
  },
  {
    id: 'cleanup',
    stage: 'trial',
    sentence: 'every instance is closed once, without an error',
    next: 'Leave closing instances to the host, and let close() end what the instance has opened.',
    after: ['health'],
  },
  {
    id: 'instances-leave-nothing',
    stage: 'trial',
    sentence: 'an instance that was closed leaves nothing that keeps a process alive',
    next: 'Stop in close() (or Symbol.asyncDispose, dispose, shutdown, cleanup) what the factory started.',
    after: ['cleanup'],
  },
  {
    id: 'side-by-side',
    stage: 'trial',
    sentence: 'two can stand side by side, and closing one leaves the other well',
    next: 'Keep state in the instance or in what setup makes, not in the module.',
    after: ['cleanup'],
  },
] as const satisfies readonly ContractRule[];

/** The name of a rule, which an error carries. */
export type ContractRuleId = (typeof CONTRACT_RULES)[number]['id'];

/** What was found against a rule. */
export interface Breach {
  /** In which file, field or candidate. */
  readonly where: string;
  readonly found: string;
}

export type Breaches = ReadonlyMap<ContractRuleId, Breach>;

/** Whether a rule can be judged where these are broken. */
export function canBeJudged(id: ContractRuleId, broken: ReadonlySet<ContractRuleId>): boolean {
  const after: readonly ContractRuleId[] = ruleOf(id).after;
  return after.every((other) => !broken.has(other) && canBeJudged(other, broken));
}

export function ruleOf(id: ContractRuleId): (typeof CONTRACT_RULES)[number] {
  const rule = CONTRACT_RULES.find((each) => each.id === id);
  if (rule === undefined) throw new TypeError(`There is no rule ${id}.`);
  return rule;
}
