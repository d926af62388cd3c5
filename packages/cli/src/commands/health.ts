import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { isAttached, needsProcess } from '../needs-process.js';
import { showProgress } from '../progress.js';
import { readFilter } from '../read-component.js';
import { healthJson, healthTable, isUnhealthy } from '../renderers/health.js';

/** `oneiric health`: asks every running component of a process now. */
export async function run(
  input: CommandInput,
  { host, isQuiet, attach, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  if (!isAttached(input)) throw needsProcess('health');
  const process = await attach();
  const filter = await readFilter(input, 'health', process);
  const probes = await (async () => {
    using _progress = showProgress('Asking what runs', host.stderr, isQuiet);
    return await process.probe(filter);
  })();
  if (input.flag('json')) print(JSON.stringify(healthJson(process.info, probes), null, 2));
  else if (probes.length > 0) print(healthTable(probes, screen));
  else note('nothing of it runs');
  return probes.some(isUnhealthy) ? EXIT.unhealthy : EXIT.ok;
}
