import { createError } from '../errors/oneiric-error.js';
import { ownVersion } from '../foundation/own-version.js';
import { CONTRACT_ERRORS } from './contract-errors.js';
import { contractSettings, type PluginContractOptions } from './contract-options.js';
import { type Breaches, CONTRACT_RULES, type ContractRuleId } from './contract-rules.js';
import { inspectPackage } from './inspect-package.js';
import { tryPlugin } from './try-plugin.js';

/** One rule of the contract, as a test. */
export interface ContractCheck {
  readonly id: ContractRuleId;
  /** The sentence that is false when `run` rejects: the name of the test. */
  readonly name: string;
  /**
   * @throws `ONEIRIC_CONTRACT_BROKEN` with what was found, where, and what to do; `ONEIRIC_CONTRACT_NOT_CHECKED` where
   *   npm or a process of Node cannot be run
   */
  run(): Promise<void>;
}

/**
 * The contract of a plugin, as tests for whichever runner its package uses:
 *
 * ```ts
 * for (const { name, run } of pluginContract({ folder: '.' })) test(name, run);
 * ```
 *
 * The package is looked at as its users will have it: what `npm pack` would pack is installed into a temporary project
 * beside the dependencies that it declares, and imported, loaded, built from and unloaded there in a process of its own.
 * That happens once, when the first check that needs it is run; the others wait for it, in whatever order they are run.
 * Nothing is written into the folder, and no script of the package is run: build it before.
 *
 * One cause is one failing check: a rule that cannot be judged, because another one is broken that it rests on, passes.
 *
 * Not promised: that a plugin which keeps the contract does what it is for.
 *
 * @throws `ONEIRIC_CONTRACT_OPTION_INVALID`
 */
export function pluginContract(options: PluginContractOptions): readonly ContractCheck[] {
  const settings = contractSettings(options);
  let inspecting: ReturnType<typeof inspectPackage> | undefined;
  let trying: Promise<Breaches> | undefined;
  const inspect = () => (inspecting ??= inspectPackage(settings.folder, ownVersion()));
  const tryOut = () => (trying ??= inspect().then((inspected) => tryPlugin(settings, inspected)));
  return Object.freeze(
    CONTRACT_RULES.map(({ id, sentence, stage }) =>
      Object.freeze({
        id,
        name: sentence,
        async run() {
          const { name, breaches } = await inspect();
          const breach = (stage === 'trial' ? await tryOut() : breaches).get(id);
          if (breach === undefined) return;
          throw createError(CONTRACT_ERRORS, 'ONEIRIC_CONTRACT_BROKEN', {
            rule: id,
            package: name,
            ...breach,
          });
        },
      }),
    ),
  );
}
