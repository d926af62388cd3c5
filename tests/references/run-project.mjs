// Runs a project as an application does, uses each of its components, and prints what came of it.
import console from 'node:console';
import process from 'node:process';
import { createOneiric } from '@oneiric/core';

const [projectDir, ...keys] = process.argv.slice(2);
const oneiric = await createOneiric({ projectDir, env: {} });
const outcomes = {};
for (const key of keys) {
  try {
    await oneiric.lifecycle.activate('adapter', key);
    outcomes[key] = await oneiric.live('adapter', key).use((instance) => instance.answer());
  } catch (error) {
    outcomes[key] = { code: error.code, cause: error.cause?.code, message: error.message };
  }
}
console.log(JSON.stringify(outcomes));
await oneiric.close();
