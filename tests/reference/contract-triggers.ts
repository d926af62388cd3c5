import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ContractRuleId, pluginContract } from '@oneiric/core/plugin-contract';
import type { Trigger } from './trigger.js';

/** Runs one check of a package of this package.json. */
function check(folder: string, rule: ContractRuleId, manifest: object): Promise<void> | undefined {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'plugin.js'), 'export default {};');
  return pluginContract({ folder })
    .find(({ id }) => id === rule)
    ?.run();
}

const redis = { name: 'acme-redis', type: 'module', oneiric: { plugin: './plugin.js' } };

/** One way to each error of the plugin contract. */
export const CONTRACT_TRIGGERS: Readonly<Record<string, Trigger>> = {
  ONEIRIC_CONTRACT_BROKEN: (folder) =>
    check(folder, 'core-peer', { ...redis, dependencies: { '@oneiric/core': '^0.1.0' } }),
  // It has no version, so that npm does not pack it.
  ONEIRIC_CONTRACT_NOT_CHECKED: (folder) => check(folder, 'packed', redis),
  ONEIRIC_CONTRACT_OPTION_INVALID: () => pluginContract({ folder: '.', setting: {} } as never),
};
