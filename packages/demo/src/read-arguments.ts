import { parseArgs } from 'node:util';

import { TOOL_NAMES, type ToolName } from './tools.js';

/** What the demo is asked to do; `mistake` where the arguments cannot be understood. */
export type DemoArguments =
  | { readonly kind: 'run'; readonly selection: { readonly tool: ToolName; readonly provider: string } }
  | { readonly kind: 'serve'; readonly name: string; readonly jobs: number; readonly isJson: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly text: string };

export const HELP = `npm start [-- --select <key>=<provider>]
npm start -- --serve [--name <name>] [--jobs <number>] [--json]

Explains each decision, does a job with the winners, changes one selection and does it again.

  --select <key>=<provider>  the selection that changes; default: serializer=msgpack
  -h, --help                 this text

With --serve it works until Ctrl-C, and "oneiric status --attach" looks inside.

  --name <name>              what it is called there; default: demo
  --jobs <number>            how many jobs are in flight at a time, 1 to 64; default: 8
  --json                     prints the sums at the end as one line of JSON

Keys: ${TOOL_NAMES.join(', ')}`;

const MOST_JOBS = 64;

export function readArguments(args: readonly string[]): DemoArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        select: { type: 'string' },
        serve: { type: 'boolean', default: false },
        name: { type: 'string' },
        jobs: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const { serve, select, ...serving } = values;
    const [option] =
      Object.entries(serve ? { select } : { ...serving, help: undefined }).find(
        ([, value]) => value !== undefined,
      ) ?? [];
    if (option !== undefined)
      return mistake(`--${option} is not for a demo ${serve ? 'with' : 'without'} --serve.`);
    return serve ? readService(serving) : readSelection(select ?? 'serializer=msgpack');
  } catch (error) {
    return mistake(error instanceof Error ? error.message : String(error));
  }
}

function mistake(text: string): DemoArguments {
  return { kind: 'mistake', text };
}

interface ServiceValues {
  readonly name?: string | undefined;
  readonly jobs?: string | undefined;
  readonly json?: boolean | undefined;
}

function readService({ name = 'demo', jobs = '8', json = false }: ServiceValues): DemoArguments {
  const count = /^\d{1,3}$/.test(jobs) ? Number(jobs) : 0;
  if (count < 1 || count > MOST_JOBS)
    return mistake(`--jobs ${jobs} is not a number from 1 to ${MOST_JOBS}.`);
  return { kind: 'serve', name, jobs: count, isJson: json };
}

/** `serializer=msgpack`, or with the domain: `adapter/serializer=msgpack`. */
function readSelection(text: string): DemoArguments {
  const [, name, provider] = /^(?:adapter\/)?([^=]*)=(.+)$/.exec(text) ?? [];
  const tool = TOOL_NAMES.find((known) => known === name);
  if (tool !== undefined && provider !== undefined) return { kind: 'run', selection: { tool, provider } };
  return mistake(`--select ${text} is not <key>=<provider>; the keys are ${TOOL_NAMES.join(', ')}.`);
}
