/** For each code of attaching: when it comes, and what to do. */
export const ATTACH_ADVICE: Readonly<Record<string, readonly [when: string, next: string]>> = {
  ONEIRIC_ATTACH_OPTION_INVALID: [
    'A function of `@oneiric/core/attach`, or a method of an attached process, was given an unknown option or a value that it cannot work with. Nothing was sent.',
    'Correct the value that the message names.',
  ],
  ONEIRIC_ATTACH_UNSUPPORTED: [
    'Attaching was asked for on a system where Node has no Unix domain sockets with an owner and permissions: Windows.',
    'Run the application on Linux or macOS, or in WSL, where it is to be attached to; elsewhere leave the call of `allowAttach` out.',
  ],
  ONEIRIC_ATTACH_UNSAFE: [
    'The folder for the sockets is a link, no folder, belongs to another user, may be entered by others than its owner, or may be put elsewhere by everybody. Or others may connect to a socket in it. The permissions of what is there are never changed, and nothing was opened.',
    'Find out who made it so. If it was nobody else, `chmod 700` the folder or remove it; or give another one, as the option `directory` or in `ONEIRIC_RUNTIME_DIR`.',
  ],
  ONEIRIC_ATTACH_NOT_OPENED: [
    'The folder for the sockets could not be made, or no socket could be opened in it: it is read-only, full, or on a file system without sockets. The application can go on without being attached to.',
    'Give a folder that the user of the process can write to, as the option `directory` or in `ONEIRIC_RUNTIME_DIR`.',
  ],
  ONEIRIC_ATTACH_PATH_TOO_LONG: [
    'The system keeps the path of a socket in 108 bytes (Linux) or 104 (macOS), and this one is longer. Some systems would cut it off and make the socket elsewhere, so nothing was tried.',
    'Give a folder with a shorter path, such as `/run/shop`.',
  ],
  ONEIRIC_ATTACH_FORBIDDEN: [
    'The process, or the folder of its socket, belongs to another user. Only the user who runs a process may attach to it, and root, who has to name it.',
    'Attach as the user who runs the process: `sudo -u <user> oneiric …`.',
  ],
  ONEIRIC_ATTACH_NONE: [
    'No process was named, and none of this user lets itself be attached to. A process has to allow it.',
    'Call `await allowAttach(oneiric)` in the application. If it does: is it run by the same user, and do both sides look in the same folder? A service often has another `XDG_RUNTIME_DIR`, or a folder of its own for temporary files; then set `ONEIRIC_RUNTIME_DIR` for both, or name the socket by its path.',
  ],
  ONEIRIC_ATTACH_NOT_FOUND: [
    'A process was named by its pid, by the path of its socket or by what it calls itself, and nobody is there who lets himself be attached to. `error.details.known` lists those who do.',
    'Name one of those, or let the application allow it. In a container the pid is the one inside of it.',
  ],
  ONEIRIC_ATTACH_AMBIGUOUS: [
    'Several processes of this user can be attached to, and none was named, or several have the name that was given; or one of them has several sockets and only its pid was named. `error.details.processes` lists them; one that does not answer is among them, since it may be the one that was meant.',
    'Name one by its pid or by the path of its socket. Give `allowAttach` a `name` to tell them apart.',
  ],
  ONEIRIC_ATTACH_NO_ANSWER: [
    'The process took the connection, which the system does for it, and said nothing for too long: it is stopped, or its event loop is busy.',
    'Try again. If it stays so, look at the process with the tools of the system: `top`, `kill -CONT`, a profiler.',
  ],
  ONEIRIC_ATTACH_LOST: [
    'The connection could not be made, or ended before the answer was there: the process ended, closed its attach server, or has too many connections (128). A swap that was under way is undone where the new instance was not bound yet, else finished.',
    'Attach again and look at the status before you repeat anything.',
  ],
  ONEIRIC_ATTACH_PROTOCOL: [
    'The process runs a newer version of `@oneiric/core`, whose protocol this side does not know. Nothing was asked of it.',
    'Use a version of `@oneiric/cli` that is at least as new as the one of the process.',
  ],
  ONEIRIC_ATTACH_ANSWER_INVALID: [
    'Something answered that is no attach server of Oneiric, or its answer was damaged or too long.',
    'Check the path of the socket. If it is the right one, report it, with the versions of both sides.',
  ],
  ONEIRIC_ATTACH_REQUEST_INVALID: [
    'A request over the socket is no HTTP, no JSON, or has a parameter that is missing, unknown, given twice or no text. It comes to who writes requests by hand; nothing was done.',
    'Correct what the message names. A GET takes its parameters in the query, a POST as a JSON object.',
  ],
  ONEIRIC_ATTACH_ROUTE_UNKNOWN: [
    'A request over the socket asks for a path, or uses a method, that is not there.',
    'Use one of those that the message lists.',
  ],
  ONEIRIC_ATTACH_TOO_LARGE: [
    'The body of a request over the socket is larger than 64 KiB. Nothing was done.',
    'Send no more than the names and options that the route takes.',
  ],
  ONEIRIC_ATTACH_ORIGIN_REFUSED: [
    'A request has the header `Origin`, which browsers add: somebody has put the socket behind an address that web pages reach. Nothing was done.',
    'Take that forwarding away: the socket is for its owner on this machine. A program of yours leaves the header out.',
  ],
  ONEIRIC_ATTACH_READER_TOO_SLOW: [
    'A reader of events did not keep up: more than 256 KiB waited for it. It was cut off, so that it costs the process nothing; this is its last line.',
    'Read on while you work on what was read, or ask for one key only. Then look at the statuses, and listen again.',
  ],
  ONEIRIC_ATTACH_CLOSED: [
    'The process closed its attach server, or the attachment was disposed here, while something was under way. A swap whose new instance was not bound yet is undone, any other is finished.',
    'Where it was the process: it is ending, or no longer wants to be attached to.',
  ],
  ONEIRIC_ATTACH_FAILED: [
    'What was asked for failed in the process with an error that is none of Oneiric: a mistake of ours, or of something that the process changed.',
    'Read the cause, and the logs of the process. If it comes out of Oneiric, report it, with the versions of both sides.',
  ],
};
