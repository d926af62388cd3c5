import { ATTACH_ADVICE } from './attach-advice.js';
import { CONTAINER_ADVICE } from './container-advice.js';
import { CONTRACT_ADVICE } from './contract-advice.js';
import { LIFECYCLE_ADVICE } from './lifecycle-advice.js';
import { OBSERVABILITY_ADVICE } from './observability-advice.js';
import { REFERENCE_ADVICE } from './reference-advice.js';
import { PLUGIN_ADVICE } from './plugin-advice.js';

/** For each code: when it comes, and what to do. The pages in docs/errors are made of this and of what is printed. */
export const ADVICE: Readonly<Record<string, readonly [when: string, next: string]>> = {
  ONEIRIC_LOCK_TIMEOUT: [
    'A request waited for its lock as long as `timeoutMs` allows. What it was to run did not run. The bound is on waiting only: a section that runs is never ended by it.',
    'Look at `error.details.report`: it has the shape of `lock.query()`, with everyone who held the lock and everyone who waited at that moment. A holder with a long `heldMs` awaits something slow, or something that waits for this lock in a way that no lock can see, such as a plain promise. Shorten that section, or raise `timeoutMs`.',
  ],
  ONEIRIC_LOCK_DEADLOCK: [
    'Sections of one or several locks wait for each other in a circle, and still did when the grace (`deadlockGraceMs`, the largest of the locks in the circle) was over. Only the request that closed the circle fails; the others go on.',
    'Take the locks in the same order everywhere; the event `order-inversion` names the two places even when nothing was stuck. Work that a section starts and does not await belongs into `detach`.',
  ],
  ONEIRIC_LOCK_UNAVAILABLE: [
    'A request with `ifAvailable: true` found the lock taken, or somebody waiting for it. It is decided at once; nothing was run.',
    'Do something else and try again later, or leave `ifAvailable` out to wait for your turn.',
  ],
  ONEIRIC_LOCK_UPGRADE: [
    'A reader of an `AsyncRWLock` asked to write inside its own read section. Two readers that do so would each wait for the other to leave, so it is refused at once.',
    'Call `write` first, and read inside it. Or leave the read section, call `write`, and look again at what you had read: it may have changed in between.',
  ],
  ONEIRIC_LOCK_NOT_OWNED: [
    '`assertLeaf` was called where the calling context does not own the lock: outside `runExclusive`, in a callback that outlived its section, or inside `detach`.',
    'Call the guarded code inside `runExclusive`, and await it there. Ownership ends when the section settles and never comes back.',
  ],
  ONEIRIC_LOCK_CHILD_ACTIVE: [
    '`assertLeaf` was called by a section while one of its own nested sections was running. No lock can stop the body of a parent from going on beside its child, but this catches it.',
    'Await the nested section before you go on.',
  ],
  ONEIRIC_LOCK_QUEUE_FULL: [
    'As many requests were waiting as `maxPending` allows. What was asked for did not run.',
    'Send less at a time (`Semaphore` of async-mutex bounds it well), answer the caller that you are busy, or raise `maxPending`.',
  ],
  ONEIRIC_LOCK_ORPHANED: [
    'On a lock with `strict: true`, a section settled while sections nested in it were still running or waiting. What it did is done; the nested ones go on, one level up.',
    'Await every nested section. `Promise.all` stops waiting at the first failure: use `Promise.allSettled` where the others have to be waited for, or start the work inside `detach`.',
  ],
  ONEIRIC_LOCK_OPTION_INVALID: [
    'An option or an argument of a lock is of the wrong type or out of its bounds: a `timeoutMs` that is NaN, negative or over 2^31−1, a `maxPending` that is no whole number, an event that no lock raises.',
    'Correct the value that the message names.',
  ],
  ONEIRIC_REGISTRY_NAME_INVALID: [
    'A domain or key is not a name. Names go into paths, reports and environment variables, so they are kept plain.',
    'Use letters, digits, `_`, `.` and `-`. To keep a name of your own, put it into `metadata`.',
  ],
  ONEIRIC_REGISTRY_CANDIDATE_INVALID: [
    'What was given to `registerCandidate`, `registerAll` or `replaceSource` is not a candidate. Everything that is wrong is listed. Nothing was registered, also none of the valid ones of the same call.',
    'Correct each place that is listed; an unknown property is refused because it is most often a misspelt one.',
  ],
  ONEIRIC_REGISTRY_OPTION_INVALID: [
    'An option of the registry, or of one of its methods, is not valid. No registry was made, or nothing was written.',
    'Correct each place that is listed.',
  ],
  ONEIRIC_REGISTRY_DUPLICATE: [
    'One call offers one domain, key and provider twice from one source. One of them would silently replace the other.',
    'Remove one, or give them different provider names. Different sources may offer the same provider: they stand side by side.',
  ],
  ONEIRIC_REGISTRY_SOURCE_INVALID: [
    'The source given to `replaceSource` cannot be told from others, or a candidate says that it comes from another one.',
    'Give the source a `kind` and an `id`, such as `{ kind: "plugin", id: "@acme/redis" }`, and leave `source` out of the candidates.',
  ],
  ONEIRIC_REGISTRY_SELECTION_INVALID: [
    'A selection is neither the name of a provider nor `{ provider, policy }`.',
    'Write `"redis"` for a pin (this provider or nothing), or `{ provider: "redis", policy: "prefer" }` to fall back to the ranking.',
  ],
  ONEIRIC_REGISTRY_MARK_INVALID: [
    'A mark has a code that does not exist, a detail that is neither text nor data, or is not about a candidate.',
    'Use one of the codes in the message; give a text or a JSON object as the detail, or null to take the mark away.',
  ],
  ONEIRIC_REGISTRY_SNAPSHOT_INVALID: [
    'A process sent the state of its registry in a form that this version does not read, or the data was changed on its way.',
    'Install the same version of @oneiric/core on both sides; the message names each place.',
  ],
  ONEIRIC_REGISTRY_FACTORY_ELSEWHERE: [
    'A candidate of a snapshot that was read with readSnapshotJson is built. Such a snapshot explains what another process decides; code does not travel with it.',
    'Start it in the process that offers it: "oneiric swap <domain>/<key> --attach".',
  ],
  ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN: [
    'A mark is about a candidate that is not registered here any more, or belongs to another registry.',
    'Resolve or list again, and use the candidate that you get. A candidate that its source has replaced is still found.',
  ],
  ONEIRIC_REGISTRY_EVENT_UNKNOWN: [
    '`registry.on` was called with an event that no registry has.',
    'Use `"changed"` for every commit, or `"decision-changed"` for those that changed a winner.',
  ],
  ONEIRIC_REGISTRY_TX_CHILD_ACTIVE: [
    'The work of a transaction settled while a transaction that it had started inside was still running. Both are rolled back and reject with this code: neither outcome would be one that somebody asked for. If the work itself failed, its error is the `cause`.',
    'Await everything that the work starts. `Promise.all` stops waiting at the first failure; use `Promise.allSettled`, and throw after that.',
  ],
  ONEIRIC_REGISTRY_TX_CLOSED: [
    'The object that a transaction handed to its work was used after the transaction had ended.',
    'Use the registry itself, or start a new transaction.',
  ],
  ONEIRIC_REGISTRY_TX_FOREIGN: [
    'The object of a transaction was used by code that is not part of its work: it does not hold the lock, so what it did would not be safe.',
    'Use the registry itself: outside the work it queues as a write of its own, inside it joins the transaction.',
  ],
  ONEIRIC_RESOLUTION_NONE: [
    '`require` was asked for a winner and nothing won: nothing is registered, everything is filtered, or a pin names a provider that is absent or not eligible. The error carries the whole explanation in `explanation`.',
    'Read the nearest misses in the message: each has a [reason](../reasons) with its own page. Use `resolve` where no winner is fine.',
  ],
  ONEIRIC_DECISION_REQUEST_TYPE: [
    'A request, or a part of it, has the wrong type.',
    'A request is `{ provider?: string, capabilities?: string[], requireAll?: boolean }`.',
  ],
  ONEIRIC_DECISION_REQUEST_NAME: [
    'A request asks for a provider or capability with a name that none can have, so nothing could ever match it.',
    'Correct the name.',
  ],
  ONEIRIC_DECISION_REQUEST_OPTION: [
    'A request has a property that does not exist. It is refused because a misspelt one would change the answer silently.',
    'Use the nearest name in the message, or remove the property.',
  ],
  ONEIRIC_DECISION_CHANGE_SYNTAX: [
    'A change for *what if* cannot be read.',
    'Write `priority(redis)=60`, `stackLevel(redis)=1`, `selection=redis` or `without(redis)`; in a shell, in quotes. One candidate of several with one provider is `priority(redis#7)=60`, with its registration number.',
  ],
  ONEIRIC_DECISION_CHANGE_VALUE: [
    'A change sets a priority or a stack level to something that no candidate can have.',
    'Use an integer within the bounds in the message.',
  ],
  ONEIRIC_DECISION_CHANGE_PROVIDER: [
    'A change is about a provider that offers nothing for this key.',
    'Use one of the providers in the message; `oneiric explain` lists them.',
  ],
  ONEIRIC_DECISION_CHANGE_REGISTRATION: [
    'A change is about a registration number that no candidate of this provider has.',
    'Use one of the numbers in the message, or leave it out to change all candidates of the provider.',
  ],
  ...REFERENCE_ADVICE,
  ONEIRIC_CONFIG_NOT_FOUND: [
    'No folder from the starting one upwards holds a configuration, and no plugin is among the direct dependencies of the project, as they are installed: with one, the configuration would be the empty one.',
    "Create one of the files that the message names, start in the project's folder, name the file with `--config` or `ONEIRIC_CONFIG`, or install a plugin.",
  ],
  ONEIRIC_CONFIG_AMBIGUOUS: [
    'One folder holds more than one configuration file. None is taken, because nobody could tell which one counts.',
    'Keep one, or name it with `--config` or `ONEIRIC_CONFIG`.',
  ],
  ONEIRIC_CONFIG_FORMAT: [
    'A configuration has a file name or a form that is not read.',
    'Rename or rewrite it as the message says.',
  ],
  ONEIRIC_CONFIG_UNREADABLE: [
    'The file is there and cannot be read: it is a folder, the permissions do not allow it, it is too large, or it is not text.',
    'See the reason in the message.',
  ],
  ONEIRIC_CONFIG_INVALID: [
    'The configuration has problems. All of them are listed with file, line and column where the format has lines, with what was found and what would be right. Nothing of it is in force.',
    'Correct each place; an unknown name comes with the nearest known one.',
  ],
  ONEIRIC_CONFIG_SETTINGS: [
    '`settings.of(candidate)` was asked for settings that the candidate\'s schema refuses, or that refer to a secret that is not there. It comes only for candidates that the rest of the configuration can do without: where nothing is set for them, or where the configuration was loaded with `missingSecrets: "note"`. Otherwise loading fails, with the same problems in one report.',
    'Set what is listed, each in its place; set the variable or write the file that a reference names. A literal that begins with `env:` or `file:` is written with a backslash before it.',
  ],
  ONEIRIC_CONFIG_THREW: [
    'The configuration is a module, and it or something that it imports threw while it was loaded, or cannot be compiled.',
    'Look at the place in the message. The error underneath is the `cause`.',
  ],
  ONEIRIC_CONFIG_IMPORT: [
    'The configuration is a module, and it or something that it imports has an import that leads nowhere.',
    'Correct the specifier, or install the package.',
  ],
  ONEIRIC_CONFIG_TIMEOUT: [
    'The configuration module did not finish loading: most often an `await` at its top that never settles.',
    'Do not connect to anything while the configuration is loaded; that is what factories are for.',
  ],
  ONEIRIC_CONFIG_EXPORT: [
    'The configuration module exports no configuration.',
    'Write `export default defineConfig({ … })`.',
  ],
  ONEIRIC_LOCKFILE_NOT_FOUND: [
    '`oneiric check`, or `oneiric diff` with a file, found no lockfile. The exit code is 2.',
    'Run `oneiric lock` and commit `oneiric.lock.json`; it lies beside the configuration.',
  ],
  ONEIRIC_LOCKFILE_UNREADABLE: [
    'The lockfile is a folder, is not UTF-8 text, is larger than 16 MiB, or may not be read. The exit code is 2.',
    'Restore it from version control, or write it again with `oneiric lock`.',
  ],
  ONEIRIC_LOCKFILE_MERGE_CONFLICT: [
    'Two branches changed the lockfile, and the merge is not finished. The exit code is 2.',
    'Finish the merge of the configuration first. Then run `oneiric lock`: it writes what is decided now, says what changed, and needs no side of the conflict.',
  ],
  ONEIRIC_LOCKFILE_VERSION: [
    'The lockfile has a form that this version does not know: a newer Oneiric wrote it. Nothing is compared, and `oneiric lock` does not overwrite it. The exit code is 2.',
    'Update `@oneiric/cli` and `@oneiric/core` to the version that wrote it.',
  ],
  ONEIRIC_LOCKFILE_INVALID: [
    'The lockfile is not what `oneiric lock` writes, most often because it was edited or merged by hand. At most twenty problems are listed. The exit code is 2.',
    'Restore it from version control, or write it again with `oneiric lock`.',
  ],
  ONEIRIC_LOCKFILE_NOT_LOCKED: [
    'An environment was named with `--env`, or by `ONEIRIC_ENV`, that the lockfile holds nothing of. The exit code is 2.',
    'Correct the name, or lock the environment with `oneiric lock --env <name>`.',
  ],
  ONEIRIC_LOCKFILE_NOT_WRITTEN: [
    'The lockfile could not be written: a full disk, a read-only folder, a folder of that name. The file that was there is untouched. The exit code is 1.',
    'Make room or make the folder writable, and run the command again.',
  ],
  ...LIFECYCLE_ADVICE,
  ...OBSERVABILITY_ADVICE,
  ...PLUGIN_ADVICE,
  ...ATTACH_ADVICE,
  ...CONTRACT_ADVICE,
  ...CONTAINER_ADVICE,

  ONEIRIC_CLI_USAGE: [
    'The command line cannot be read. The exit code is 2.',
    'See `oneiric <command> --help`; the nearest command or option is in the message.',
  ],
  ONEIRIC_CLI_KEY_MISSING: [
    'A question names only a domain, or only a key. The exit code is 2.',
    'Write both: `oneiric explain adapter/cache`, or `oneiric explain adapter cache`.',
  ],
  ONEIRIC_CLI_UNKNOWN_DOMAIN: [
    'The project, or the process that `--attach` names, has no key of this domain. The exit code is 3.',
    'Use a domain that `oneiric list` shows.',
  ],
  ONEIRIC_CLI_UNKNOWN_PATH: [
    '`oneiric config <path>` asks for a value that no layer sets. The exit code is 2.',
    'Use a path that `oneiric config` prints; it may also be the start of several, such as `selections.adapter`.',
  ],
  ONEIRIC_CLI_PROCESS_SEVERAL: [
    'Several processes of this user let themselves be attached to, and `--attach` names none of them. The command line shows them as a table. The exit code is 2.',
    'Name one by its pid, `--attach 4711`, or by the path of its socket.',
  ],
  ONEIRIC_CLI_PROCESS_GONE: [
    '`oneiric watch` was connected to a process that ended, or that closed its attach server. The exit code is 1.',
    'Look whether it was meant to end; where it was started again it has another pid.',
  ],
  ONEIRIC_CLI_INTERRUPTED: [
    'Ctrl+C was pressed while `oneiric swap` or `oneiric rollback` was under way in a process. What was not bound yet is taken back; what was goes on. The exit code is 130.',
    'Read what became of it, and look with `oneiric status`.',
  ],
  ONEIRIC_CLI_NOT_BEGUN: [
    'Ctrl+C was pressed while `oneiric swap` or `oneiric rollback` waited for another operation on the same key. Nothing of it was done, and what it waited for goes on. The exit code is 130.',
    'Look with `oneiric status` or `oneiric watch` how the other operation ends, and ask again where it is still wanted.',
  ],
  ONEIRIC_CLI_HOLD_INTERRUPTED: [
    'Ctrl+C was pressed while `oneiric drain`, `oneiric pause` or `oneiric resume` waited for a process. A drain that is left stays paused, as the message says. The exit code is 130.',
    'Let calls through again with `oneiric resume`, or wait for those in flight with `oneiric drain`.',
  ],
  ONEIRIC_CLI_ENDED: [
    'Code of the project called `process.exit()` while its configuration was loaded, or the process had nothing left to wait for before the command was done. The exit code is 2.',
    'Let the configuration export its values and end; throw where it cannot.',
  ],
  ONEIRIC_CLI_OUTPUT: [
    'What the command prints could not be written, for example because the disk is full. A reader that closes its end early, such as `head`, is no error. The exit code is 1.',
    'Make room, or write somewhere else, and run the command again.',
  ],
  ONEIRIC_CLI_UNCAUGHT: [
    'Something threw outside of any call while the command was running, most often something that the project started while its configuration was loaded. The exit code is 1.',
    'Do not start anything while the configuration is loaded; await what has to be started. If the first file of the stack is ours, please report it.',
  ],
};
