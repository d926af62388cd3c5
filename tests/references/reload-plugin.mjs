// Runs two candidates of a plugin, writes both of their modules anew, reloads the plugin, and prints what runs then.
import console from 'node:console';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';

import { createOneiric } from '@oneiric/core';

const [projectDir] = process.argv.slice(2);
const oneiric = await createOneiric({ projectDir });
const keys = ['referred', 'imported'];
const runs = () => keys.map((key) => oneiric.live('adapter', key).peek());
for (const key of keys) await oneiric.lifecycle.activate('adapter', key);
const before = runs();
for (const key of keys) {
  const file = join(projectDir, `node_modules/acme/${key}.js`);
  writeFileSync(
    file,
    `import { shared } from './shared.js'; export const create = () => ['second', shared];`,
  );
}
const { state, generation } = await oneiric.plugins.reload('acme');
const isOld = () => runs().some((instance, index) => instance === before[index]);
for (let turn = 0; turn < 500 && isOld(); turn++) await setTimeout(10);
const [referred, imported] = runs();
const told = JSON.stringify(oneiric.explain('adapter', 'referred'));
console.log(
  JSON.stringify({
    state,
    generation,
    texts: [...before, referred, imported].map(([text]) => text),
    isOneModule: referred[1] === imported[1],
    isTold: told.includes('"generation"'),
  }),
);
await oneiric.close();
