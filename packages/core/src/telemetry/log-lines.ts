import type { Candidate } from '../decision/candidate.js';
import { OneiricError } from '../errors/oneiric-error.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import type { ProviderName } from '../lifecycle/provider-name.js';
import { tellDuration } from '../lifecycle/tell-duration.js';
import type { ChannelMessages, ChannelName } from '../observability/channels.js';
import type { LogLevel } from './logger.js';

/** How the messages of one channel are logged. */
export interface LogLine<M> {
  readonly level: LogLevel;
  /** Another level for some of them: that of the first that applies. */
  readonly unless?: readonly { readonly level: LogLevel; readonly when: (message: M) => boolean }[];
  readonly text: (message: M) => string;
  /** Plain data, beside `event`, the name of the channel; what failed is `err`, as pino has it. */
  readonly data: (message: M) => object;
}

/** Every channel, and how it is logged; null: not at all. */
export const LOG_LINES: { readonly [C in ChannelName]: LogLine<ChannelMessages[C]> | null } = {
  'oneiric:registry:changed': {
    level: 'debug',
    text: ({ revision, changes }) =>
      `registry: revision ${String(revision)}, ${count(changes.length, 'change')}`,
    data: ({ revision, changes }) => ({ revision, changes: changes.length }),
  },
  'oneiric:decision:changed': {
    level: 'info',
    text: ({ decisions }) =>
      `${decisions.slice(0, 3).map(toldDecision).join('; ')}${decisions.length > 3 ? `; and ${String(decisions.length - 3)} more` : ''}`,
    data: ({ revision, decisions }) => ({
      revision,
      decisions: decisions.map(({ domain, key, previous, winner }) => ({
        domain,
        key,
        previous: previous?.provider ?? null,
        winner: winner?.provider ?? null,
      })),
    }),
  },
  'oneiric:decision:made': {
    level: 'debug',
    text: ({ domain, key, explanation }) => `${domain}/${key}: ${explanation.summary}`,
    data: ({ domain, key, explanation: { outcome, winner, decidedBy } }) => ({
      domain,
      key,
      outcome,
      winner: winner?.provider ?? null,
      decidedBy,
    }),
  },
  'oneiric:lifecycle:activated': {
    level: 'info',
    text: ({ candidate, durationMs }) =>
      `${nameOf(candidate)}: ${offerOf(candidate)} was started in ${tellDuration(durationMs)}`,
    data: ({ candidate, durationMs }) => ({ ...subjectOf(candidate), durationMs }),
  },
  'oneiric:lifecycle:swapped': {
    level: 'info',
    unless: [{ level: 'warn', when: ({ problems }) => problems.length > 0 }],
    text: (report) =>
      `${nameOf(report)}: ${providerOf(report.to)} runs instead of ${providerOf(report.from)} ` +
      `after ${tellDuration(report.durationMs)}` +
      (report.problems.length > 0 ? `, with ${count(report.problems.length, 'problem')}` : ''),
    data: ({ domain, key, from, to, durationMs, phases, problems }) => ({
      domain,
      key,
      from,
      to,
      durationMs,
      phases,
      problems: problems.map(describeThrown),
    }),
  },
  'oneiric:lifecycle:deactivated': {
    level: 'info',
    text: ({ candidate }) => `${nameOf(candidate)}: ${offerOf(candidate)} was stopped`,
    data: ({ candidate }) => subjectOf(candidate),
  },
  'oneiric:lifecycle:failed': {
    level: 'error',
    text: ({ error }) => describeThrown(error),
    data: ({ domain, key, operation, provider, error }) => ({
      domain,
      key,
      operation,
      provider,
      ...failureOf(error),
    }),
  },
  'oneiric:lifecycle:health-changed': {
    level: 'info',
    unless: [{ level: 'warn', when: ({ isHealthy }) => !isHealthy }],
    text: ({ candidate, isHealthy }) =>
      `${nameOf(candidate)}: ${offerOf(candidate)} is ${isHealthy ? 'healthy again' : 'not healthy'}`,
    data: ({ candidate, isHealthy }) => ({ ...subjectOf(candidate), isHealthy }),
  },
  'oneiric:lifecycle:paused': {
    level: 'info',
    text: ({ candidate, reason }) => `${nameOf(candidate)}: paused${reason === null ? '' : `: ${reason}`}`,
    data: ({ candidate, reason }) => ({ ...subjectOf(candidate), reason }),
  },
  'oneiric:lifecycle:resumed': {
    level: 'info',
    text: (subject) => `${nameOf(subject)}: resumed`,
    data: ({ domain, key }) => ({ domain, key }),
  },
  'oneiric:lifecycle:withdrawn': {
    level: 'warn',
    text: ({ candidate }) =>
      `${nameOf(candidate)}: ${offerOf(candidate)} is not offered any more, and nothing else wins; it goes on serving`,
    data: ({ candidate }) => subjectOf(candidate),
  },
  'oneiric:lifecycle:phase': {
    level: 'debug',
    text: ({ phase, state, durationMs, ...subject }) =>
      `${nameOf(subject)}: ${phase} of ${subject.provider} ${state}` +
      (durationMs === null ? '' : ` after ${tellDuration(durationMs)}`),
    data: ({ domain, key, provider, operation, phase, state, durationMs }) => ({
      domain,
      key,
      provider,
      operation,
      phase,
      state,
      durationMs,
    }),
  },
  'oneiric:lifecycle:operation-ended': null,
  'oneiric:lifecycle:status-file-failed': {
    level: 'warn',
    text: ({ error }) => describeThrown(error),
    data: ({ error }) => failureOf(error),
  },
  'oneiric:lock:acquired': null,
  'oneiric:lock:released': null,
  'oneiric:lock:orphan-running': {
    level: 'warn',
    text: ({ lock, section, running }) =>
      `${lock}: ${section.name} settled while ${running.map(({ name }) => name).join(', ')} still ran inside it`,
    data: ({ lock, section, running }) => ({
      lock,
      section: section.name,
      running: running.map(({ name }) => name),
    }),
  },
  'oneiric:lock:deadlock-suspected': {
    level: 'warn',
    text: ({ cycle }) => `a deadlock of ${count(cycle.length, 'request')} is suspected`,
    data: ({ cycle, graceMs }) => ({ cycle, graceMs }),
  },
  'oneiric:lock:long-hold': {
    level: 'warn',
    text: ({ lock, section }) => `${lock}: ${section.name} has been held for ${tellDuration(section.heldMs)}`,
    data: ({ lock, section }) => ({ lock, section: section.name, heldMs: section.heldMs }),
  },
  'oneiric:lock:order-inversion': {
    level: 'warn',
    text: ({ wanted, held }) => `${wanted} was asked for inside ${held}, and ${held} inside ${wanted} before`,
    data: ({ wanted, held, earlier }) => ({ wanted, held, earlier }),
  },
  'oneiric:plugin:loaded': pluginLine('info', 'was loaded'),
  'oneiric:plugin:skipped': pluginLine('info', 'was skipped'),
  'oneiric:plugin:failed': pluginLine('error', 'could not be loaded'),
  'oneiric:plugin:unloaded': pluginLine('info', 'was unloaded'),
  'oneiric:plugin:failed-late': {
    level: 'error',
    text: ({ package: name, phase, error }) =>
      `plugin ${name}: ${phase} failed when nobody waited for it any more: ${describeThrown(error)}`,
    data: ({ package: name, phase, error }) => ({ package: name, phase, ...failureOf(error) }),
  },
  'oneiric:config:applied': {
    level: 'info',
    text: ({ file, revision }) => `${file} was changed and is in force, as revision ${String(revision)}`,
    data: ({ file, revision, environment }) => ({ file, revision, environment }),
  },
  'oneiric:config:problem': {
    level: 'error',
    text: ({ file, error }) => `${file} stays as it was: ${describeThrown(error)}`,
    data: ({ file, error }) => ({ file, ...failureOf(error) }),
  },
  'oneiric:attach:request': {
    level: 'info',
    unless: [
      { level: 'warn', when: ({ code }) => code !== null },
      // What changes nothing; `watch` asks so every second.
      { level: 'debug', when: ({ request }) => request.startsWith('GET ') },
    ],
    text: ({ client, request, code }) =>
      `${client ?? 'somebody'} asked for ${request}${code === null ? '' : `: ${code}`}`,
    data: ({ client, request, parameters, code, durationMs }) => ({
      client,
      request,
      parameters,
      code,
      durationMs,
    }),
  },
  'oneiric:listener-failed': {
    level: 'error',
    text: ({ event, error }) => `a listener of ${event} failed: ${describeThrown(error)}`,
    data: ({ event, error }) => ({ listenedTo: event, ...failureOf(error) }),
  },
};

interface Subject {
  readonly domain: string;
  readonly key: string;
}

function nameOf({ domain, key }: Subject): string {
  return `${domain}/${key}`;
}

function subjectOf({ domain, key, provider, version }: Candidate): object {
  return { domain, key, provider, version: version ?? null };
}

function offerOf({ provider, version }: Candidate): string {
  return providerOf({ provider, version: version ?? null });
}

function providerOf(name: ProviderName | null): string {
  if (name === null) return 'nothing';
  return name.version === null ? name.provider : `${name.provider} ${name.version}`;
}

function failureOf(error: unknown): object {
  return { ...(OneiricError.is(error) ? { code: error.code } : {}), err: error };
}

function count(amount: number, what: string): string {
  return `${String(amount)} ${what}${amount === 1 ? '' : 's'}`;
}

function toldDecision({
  previous,
  winner,
  ...subject
}: ChannelMessages['oneiric:decision:changed']['decisions'][number]): string {
  if (winner === undefined) return `${nameOf(subject)}: nothing wins any more`;
  const instead = previous === undefined ? '' : ` instead of ${offerOf(previous)}`;
  return `${nameOf(subject)}: ${offerOf(winner)} wins${instead}`;
}

function pluginLine(level: LogLevel, became: string): LogLine<ChannelMessages['oneiric:plugin:loaded']> {
  return {
    level,
    text: ({ report: { package: name, version, detail } }) =>
      `plugin ${name}${version === null ? '' : ` ${version}`} ${became}${detail === null ? '' : `: ${detail}`}`,
    data: ({ report }) => {
      const { package: name, version, state, reason, candidates, generation, durationMs, error } = report;
      const facts = { package: name, version, state, reason, candidates, generation, durationMs };
      return error === null ? facts : { ...facts, ...failureOf(error) };
    },
  };
}
