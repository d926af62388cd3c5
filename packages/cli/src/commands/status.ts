import { renderRunning } from '@oneiric/core';
import stringWidth from 'string-width';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { isAttached, needsProcess } from '../needs-process.js';
import { readFilter } from '../read-component.js';
import { reportJson, statusJson } from '../renderers/status-json.js';
import { statusTable } from '../renderers/status-table.js';

/** `oneiric status`: a row for every component of a process, and of one component all there is to say. */
export async function run(
  input: CommandInput,
  { attach, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  if (!isAttached(input)) throw needsProcess('status');
  const isJson = input.flag('json');
  const process = await attach();
  const filter = await readFilter(input, 'status', process);
  const { domain, key } = filter;
  if (domain !== undefined && key !== undefined) {
    const report = await process.report(domain, key);
    if (isJson) print(JSON.stringify(reportJson(process.info, report), null, 2));
    else {
      const layout = { width: screen.width, palette: screen, measure: stringWidth };
      print(`${screen.strong(`${domain}/${key}`)}\n\n${renderRunning(report, layout)}`);
    }
    return EXIT.ok;
  }
  const statuses = await process.statuses(filter);
  if (isJson) print(JSON.stringify(statusJson(process.info, statuses), null, 2));
  else if (statuses.length > 0) print(statusTable(statuses, screen));
  else note('nothing of it was started yet');
  return EXIT.ok;
}
