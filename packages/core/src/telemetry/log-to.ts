import { describeValue } from '../foundation/describe-value.js';
import { createError } from '../errors/oneiric-error.js';
import type { ChannelName } from '../observability/channels.js';
import { listenTo } from '../observability/listen-to.js';
import { OBSERVABILITY_ERRORS } from '../observability/observability-errors.js';
import type { PluginReport } from '../plugins/plugin-report.js';
import { LOG_LINES, type LogLine } from './log-lines.js';
import { assertLogger, type Logger } from './logger.js';

/** Whose messages are logged. Locks and listeners belong to nobody: theirs are logged in any case. */
export interface LogSources {
  /** Only messages of this `CandidateRegistry`, and of lifecycles and plugins of it. Default: of all. */
  readonly registry?: object;
  /** Only messages of this `LifecycleManager`, beside those of registries. Default: of all. */
  readonly lifecycle?: object;
}

/**
 * Logs what happens, until the result is disposed: each message of a channel as `logger.info(data, text)` or at another
 * level, with the channel's name as `data.event`. `docs/observability.md` says which is logged at which level. A logger
 * that throws harms nobody.
 *
 * @throws `ONEIRIC_OBSERVABILITY_OPTION_INVALID`
 */
export function logTo(logger: Logger, sources: LogSources = {}): Disposable {
  assertLogger(logger);
  assertSources(sources);
  const listening = (Object.keys(LOG_LINES) as ChannelName[]).flatMap((name) =>
    listen(logger, name, sources),
  );
  return {
    [Symbol.dispose]() {
      for (const each of listening) each[Symbol.dispose]();
    },
  };
}

/** Logs what became of plugins before anybody could listen. */
export function logPlugins(logger: Logger, registry: object, reports: readonly PluginReport[]): void {
  for (const report of reports) {
    const name = `oneiric:plugin:${report.state}` as const;
    const line = LOG_LINES[name];
    if (line !== null) write(logger, name, line, { registry, report });
  }
}

function listen(logger: Logger, name: ChannelName, sources: LogSources): readonly Disposable[] {
  const line: LogLine<never> | null = LOG_LINES[name];
  if (line === null) return [];
  return [
    listenTo(name, (message: object) => {
      if (isFrom(sources, message)) write(logger, name, line, message as never);
    }),
  ];
}

function isFrom(sources: LogSources, message: object & LogSources): boolean {
  return (['registry', 'lifecycle'] as const).every(
    (source) =>
      sources[source] === undefined || message[source] === undefined || message[source] === sources[source],
  );
}

function write<M>(logger: Logger, event: string, line: LogLine<M>, message: M): void {
  const { level } = line.unless?.find(({ when }) => when(message)) ?? line;
  logger[level]({ event, ...line.data(message) }, line.text(message));
}

function assertSources(sources: unknown): asserts sources is LogSources {
  const invalid = (option: string, found: unknown, expected: string): Error =>
    createError(OBSERVABILITY_ERRORS, 'ONEIRIC_OBSERVABILITY_OPTION_INVALID', {
      option,
      found: describeValue(found),
      expected,
    });
  if (typeof sources !== 'object' || sources === null) throw invalid('sources', sources, 'an object');
  for (const [name, source] of Object.entries(sources)) {
    if (name !== 'registry' && name !== 'lifecycle')
      throw invalid('sources', sources, 'nothing but registry, lifecycle');
    if (source !== undefined && (typeof source !== 'object' || source === null))
      throw invalid(`sources.${name}`, source, `the ${name} that is meant`);
  }
}
