import { parseArgs } from 'node:util';

import { TOOL_NAMES, type ToolName } from './tools.js';

/** What the demo is asked to do; `mistake` where the arguments cannot be understood. */
export type DemoArguments =
  | { readonly kind: 'run'; readonly selection: { readonly tool: ToolName; readonly provider: string } }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly text: string };

export const HELP = `npm start [-- --select <key>=<provider>]

Explains each decision, does a job with the winners, changes one selection and does it again.

  --select <key>=<provider>  the selection that changes; default: serializer=msgpack
  -h, --help                 this text

Keys: ${TOOL_NAMES.join(', ')}`;

export function readArguments(args: readonly string[]): DemoArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        select: { type: 'string', default: 'serializer=msgpack' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values.help ? { kind: 'help' } : readSelection(values.select);
  } catch (error) {
    return { kind: 'mistake', text: error instanceof Error ? error.message : String(error) };
  }
}

/** `serializer=msgpack`, or with the domain: `adapter/serializer=msgpack`. */
function readSelection(text: string): DemoArguments {
  const [, name, provider] = /^(?:adapter\/)?([^=]*)=(.+)$/.exec(text) ?? [];
  const tool = TOOL_NAMES.find((known) => known === name);
  if (tool !== undefined && provider !== undefined) return { kind: 'run', selection: { tool, provider } };
  return {
    kind: 'mistake',
    text: `--select ${text} is not <key>=<provider>; the keys are ${TOOL_NAMES.join(', ')}.`,
  };
}
