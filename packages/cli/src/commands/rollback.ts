import type { CommandContext, CommandInput } from '../command.js';
import type { ExitCode } from '../exit-code.js';
import { isAttached, needsProcess } from '../needs-process.js';
import { readComponent } from '../read-component.js';
import { swapThere } from '../swap-there.js';

/** `oneiric rollback`: back to the provider that served well before. */
export async function run(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  if (!isAttached(input)) throw needsProcess('rollback');
  const process = await context.attach();
  const { domain, key } = await readComponent(input, 'rollback', process);
  return await swapThere(
    process,
    { domain, key, what: 'roll-back', input, isJson: input.flag('json') },
    (there, options) => there.rollback(domain, key, options),
    context,
  );
}
