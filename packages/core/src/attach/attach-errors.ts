import type { ErrorFamily } from '../errors/error-details.js';
import { printable } from '../foundation/printable.js';

/** A process that can be attached to, as an error names it. */
export interface NamedProcess {
  readonly pid: number;
  readonly name: string;
  readonly socket: string;
  /** As in `ProcessInfo`; absent where it does not answer. */
  readonly startedAt?: string;
  /** As in `ProcessInfo`; absent where it does not answer. */
  readonly cwd?: string;
}

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_ATTACH_OPTION_INVALID: {
      readonly option: string;
      readonly found: string;
      readonly expected: string;
      readonly nearest?: string;
    };
    ONEIRIC_ATTACH_UNSUPPORTED: { readonly platform: string };
    ONEIRIC_ATTACH_UNSAFE: {
      /** A folder or a socket. */
      readonly path: string;
      readonly reason: string;
      /** What to do about it: a sentence. */
      readonly next: string;
    };
    ONEIRIC_ATTACH_NOT_OPENED: { readonly folder: string; readonly reason: string };
    ONEIRIC_ATTACH_PATH_TOO_LONG: {
      readonly path: string;
      readonly lengthBytes: number;
      readonly limitBytes: number;
    };
    ONEIRIC_ATTACH_FORBIDDEN: {
      readonly path: string;
      readonly reason: string;
      /** Who asks; whose it is, where that can be seen. */
      readonly uid: number;
      readonly owner: number | null;
    };
    ONEIRIC_ATTACH_NONE: { readonly folders: readonly string[] };
    ONEIRIC_ATTACH_NOT_FOUND: {
      /** A pid, the path of a socket, or a name. */
      readonly target: number | string;
      /** True where `target` is what the process was thought to call itself. */
      readonly isName?: boolean;
      readonly known: readonly NamedProcess[];
      /** The socket or the name that was most likely meant, where a path or a name was given. */
      readonly nearest?: string;
    };
    ONEIRIC_ATTACH_AMBIGUOUS: { readonly processes: readonly NamedProcess[] };
    ONEIRIC_ATTACH_NO_ANSWER: { readonly socket: string; readonly waitedMs: number };
    ONEIRIC_ATTACH_LOST: { readonly socket: string; readonly request: string; readonly reason: string };
    ONEIRIC_ATTACH_PROTOCOL: {
      readonly socket: string;
      readonly found: number;
      readonly supported: number;
      readonly version: string;
    };
    ONEIRIC_ATTACH_ANSWER_INVALID: {
      readonly socket: string;
      readonly request: string;
      readonly reason: string;
    };
    ONEIRIC_ATTACH_REQUEST_INVALID: {
      readonly what: string;
      readonly found: string;
      readonly expected: string;
      readonly nearest?: string;
    };
    ONEIRIC_ATTACH_ROUTE_UNKNOWN: {
      readonly route: string;
      readonly known: readonly string[];
      readonly nearest?: string;
    };
    ONEIRIC_ATTACH_TOO_LARGE: { readonly limitBytes: number };
    ONEIRIC_ATTACH_ORIGIN_REFUSED: { readonly origin: string };
    ONEIRIC_ATTACH_READER_TOO_SLOW: { readonly limitBytes: number };
    ONEIRIC_ATTACH_CLOSED: { readonly what: string };
    ONEIRIC_ATTACH_FAILED: { readonly request: string; readonly reason: string };
  }
}

const meant = (nearest: string | undefined): string =>
  nearest === undefined ? '' : ` Did you mean "${nearest}"?`;

/** By pid and name; where one process has several sockets, by those. */
function listed(processes: readonly NamedProcess[]): string {
  const pids = new Set(processes.map(({ pid }) => pid));
  const isClear = pids.size === processes.length;
  return processes
    .map(({ pid, name, socket }) => `${isClear ? String(pid) : socket} (${printable(name)})`)
    .join(', ');
}

/** The words of every error about looking into a running process, on both sides of the socket. */
export const ATTACH_ERRORS: ErrorFamily<'ONEIRIC_ATTACH_'> = {
  ONEIRIC_ATTACH_OPTION_INVALID: {
    summary: 'Attaching, or allowing it, was given an argument that it cannot work with.',
    message: (d) => `${d.option} is ${d.found}, expected ${d.expected}.${meant(d.nearest)}`,
  },
  ONEIRIC_ATTACH_UNSUPPORTED: {
    summary: 'This system has no sockets that only their owner may open.',
    message: (d) =>
      `Attaching works over a Unix domain socket that only its owner may open, and on ${d.platform} Node cannot make ` +
      'one. Run the application on Linux or macOS (on Windows: in WSL) to attach to it.',
  },
  ONEIRIC_ATTACH_UNSAFE: {
    summary: 'A socket, or the folder of the sockets, is not safe: somebody else could reach into it.',
    message: (d) =>
      `${d.path} is not safe to be attached through: ${d.reason}. Nothing was changed. ${d.next}`,
  },
  ONEIRIC_ATTACH_NOT_OPENED: {
    summary: 'The socket, or its folder, could not be made.',
    message: (d) =>
      `No socket could be opened in ${d.folder}: ${d.reason}. ` +
      'Give a folder that this user can write to, as the option directory or in ONEIRIC_RUNTIME_DIR.',
  },
  ONEIRIC_ATTACH_PATH_TOO_LONG: {
    summary: 'The path of the socket is longer than the system allows.',
    message: (d) =>
      `The socket's path ${d.path} has ${String(d.lengthBytes)} bytes, and ${String(d.limitBytes)} are the limit of ` +
      'this system. Give a folder with a shorter path, as the option directory or in ONEIRIC_RUNTIME_DIR.',
  },
  ONEIRIC_ATTACH_FORBIDDEN: {
    summary: 'The process belongs to another user, who alone may attach to it.',
    message: (d) =>
      `${d.path} may not be opened by user ${String(d.uid)}: ${d.reason}. ` +
      (d.owner === null
        ? 'Only the user who runs the process may attach to it.'
        : `Only user ${String(d.owner)}, who runs the process, may attach to it: do it as that user.`),
  },
  ONEIRIC_ATTACH_NONE: {
    summary: 'No running process lets itself be attached to.',
    message: (d) =>
      `No process of this user lets itself be attached to (looked in ${d.folders.join(' and ')}). The application ` +
      'opts in with `await allowAttach(oneiric)` from @oneiric/core/attach. Where it runs with another ' +
      'XDG_RUNTIME_DIR or TMPDIR, give both sides the same ONEIRIC_RUNTIME_DIR, or the path of its socket.',
  },
  ONEIRIC_ATTACH_NOT_FOUND: {
    summary: 'The process that was named does not let itself be attached to.',
    message: (d) =>
      `${d.isName === true ? `A process called "${printable(String(d.target))}"` : typeof d.target === 'number' ? `Process ${String(d.target)}` : d.target} ` +
      'does not let itself be attached to, or has ended. ' +
      (d.known.length === 0
        ? 'No other does, either. The application opts in with `await allowAttach(oneiric)` from @oneiric/core/attach.'
        : `Those that do: ${listed(d.known)}.${meant(d.nearest)}`),
  },
  ONEIRIC_ATTACH_AMBIGUOUS: {
    summary: 'Several processes can be attached to, and it was not said which one.',
    message: (d) =>
      `There is more than one process, or socket, to attach to: ${listed(d.processes)}. ` +
      'Name one by its pid, or by the path of its socket.',
  },
  ONEIRIC_ATTACH_NO_ANSWER: {
    summary: 'A process took the connection and does not answer.',
    message: (d) =>
      `The process behind ${d.socket} took the connection and did not answer within ${String(d.waitedMs)} ms. ` +
      'It is stopped, or its event loop is busy: look at it with the tools of the system, or try again.',
  },
  ONEIRIC_ATTACH_LOST: {
    summary: 'The connection to a process was lost.',
    message: (d) =>
      `The connection to ${d.socket} was lost at ${d.request}: ${d.reason}. The process may have ended, have closed ` +
      'its attach server, or have too many connections. What was under way may or may not have been done: attach ' +
      'again and look at the status.',
  },
  ONEIRIC_ATTACH_PROTOCOL: {
    summary: 'The process speaks a newer protocol than this side.',
    message: (d) =>
      `The process behind ${d.socket} speaks protocol ${String(d.found)} (@oneiric/core ${d.version}), and this side ` +
      `knows ${String(d.supported)}. Use a newer @oneiric/core, or @oneiric/cli, to attach to it.`,
  },
  ONEIRIC_ATTACH_ANSWER_INVALID: {
    summary: 'What answered is no process of ours, or is damaged.',
    message: (d) =>
      `${d.socket} answered ${d.request} with something that is no answer of Oneiric: ${d.reason}. ` +
      'Is it the socket of another program?',
  },
  ONEIRIC_ATTACH_REQUEST_INVALID: {
    summary: 'A request over the socket cannot be understood.',
    message: (d) => `${d.what} is ${d.found}, expected ${d.expected}. Nothing was done.${meant(d.nearest)}`,
  },
  ONEIRIC_ATTACH_ROUTE_UNKNOWN: {
    summary: 'A request over the socket asks for something that is not there.',
    message: (d) => `There is no ${d.route}. Those there are: ${d.known.join(', ')}.${meant(d.nearest)}`,
  },
  ONEIRIC_ATTACH_TOO_LARGE: {
    summary: 'A request over the socket is larger than it may be.',
    message: (d) =>
      `The request is larger than ${String(d.limitBytes)} bytes. Nothing was done. ` +
      'Send no more than the names and the options that the route takes.',
  },
  ONEIRIC_ATTACH_ORIGIN_REFUSED: {
    summary: 'A request over the socket says that it comes from a web page.',
    message: (d) =>
      `The request has the header Origin (${d.origin}): it comes from a web page, and none may ask this process ` +
      'anything. Nothing was done. Take the header away where it comes from a program.',
  },
  ONEIRIC_ATTACH_READER_TOO_SLOW: {
    summary: 'A reader of events did not keep up and was cut off.',
    message: (d) =>
      `More than ${String(d.limitBytes)} bytes of events waited for this reader, so it was cut off; later events are ` +
      'not here. Read on faster, or ask for one key only, and look at the statuses for what was missed.',
  },
  ONEIRIC_ATTACH_CLOSED: {
    summary: 'The process closed its attach server, or the attachment was closed here.',
    message: (d) =>
      `${d.what} was ended, because attaching was closed. What was under way is finished or undone in the process ` +
      'itself; attach again to see.',
  },
  ONEIRIC_ATTACH_FAILED: {
    summary: 'A request failed in the process with an error that is none of Oneiric.',
    message: (d) =>
      `${d.request} failed in the process: ${d.reason}. See error.cause, and the logs of the process.`,
  },
};
