import type { StandardSchemaV1 } from '@standard-schema/spec';

import { deepFreeze } from '../foundation/deep-freeze.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import { describeValue } from '../foundation/describe-value.js';
import { printable } from '../foundation/printable.js';
import { isSecretName, redactText } from '../security/redact.js';
import type { ConfigPath } from './config-path.js';
import type { ConfigProblem } from './config-problem.js';
import { HIDDEN } from './config-words.js';
import { type ConfigPlace, problemAt } from './layer-report.js';
import { readSecret, type SecretSources } from './read-secret.js';
import { SecretRedaction } from './secret-redaction.js';
import { nodeAt, type SettingsMap, type SettingsNode } from './settings-tree.js';
import { settleWithin, type WaitOptions } from '../foundation/settle-within.js';

/** What came of the settings of one candidate. */
export type SettingsOutcome =
  | { readonly kind: 'checked'; readonly value: unknown }
  /** Its schema refuses them. */
  | { readonly kind: 'refused'; readonly problems: readonly ConfigProblem[] }
  /** Secrets that they refer to are not there, so that no schema was asked. */
  | { readonly kind: 'incomplete'; readonly problems: readonly ConfigProblem[] };

/**
 * Puts the secrets in their places, and has the schema check the settings. Without a schema they are passed on as
 * frozen data. The values of secrets are in what the candidate gets, and nowhere in a problem.
 *
 * @throws the signal's reason
 */
export async function checkSettings(
  settings: SettingsMap,
  schema: StandardSchemaV1 | undefined,
  sources: SecretSources,
  options: WaitOptions,
): Promise<SettingsOutcome> {
  const filler = new SecretFiller(sources);
  const value = await filler.fill(settings);
  if (filler.problems.length > 0) return { kind: 'incomplete', problems: filler.problems };
  if (schema === undefined) return { kind: 'checked', value: deepFreeze(value) };
  const { redaction } = filler;
  const refused = (path: ConfigPath, expected: string): ConfigProblem =>
    refusal(settings, path, `what its schema takes (${expected})`);
  const outcome = await settleWithin(ask(schema, value), options);
  switch (outcome.kind) {
    case 'done': {
      const answer = readAnswer(outcome.value);
      if (answer.kind === 'passed') return { kind: 'checked', value: answer.value };
      const problems = answer.issues.map(({ path, message }) =>
        refused(
          path.map((part) => (typeof part === 'number' ? part : redaction.of(part))),
          redactText(printable(redaction.of(message))).replace(/\.$/, ''),
        ),
      );
      return { kind: 'refused', problems };
    }
    case 'failed': {
      const thrown = redactText(redaction.of(describeThrown(outcome.error)));
      return { kind: 'refused', problems: [refused([], `it threw ${thrown}`)] };
    }
    case 'late':
      return {
        kind: 'refused',
        problems: [refused([], `it gave no answer within ${String(options.timeoutMs)} ms`)],
      };
    case 'aborted':
      options.signal?.throwIfAborted();
      return { kind: 'refused', problems: [] };
    default:
      return outcome satisfies never;
  }
}

class SecretFiller {
  readonly problems: ConfigProblem[] = [];
  readonly redaction = new SecretRedaction();
  readonly #sources: SecretSources;

  constructor(sources: SecretSources) {
    this.#sources = sources;
  }

  /** A copy of the settings as plain data, which the schema may change. */
  async fill(node: SettingsNode): Promise<unknown> {
    switch (node.kind) {
      case 'value':
        return node.value;
      case 'list': {
        const items: unknown[] = [];
        for (const item of node.items) items.push(await this.fill(item));
        return items;
      }
      case 'map': {
        const map: Record<string, unknown> = {};
        for (const [name, child] of node.entries) map[name] = await this.fill(child);
        return map;
      }
      case 'secret': {
        const reading = await readSecret(node.reference, this.#sources);
        if (reading.kind === 'missing') {
          this.problems.push(problemAt(node.place, reading.found, reading.expected));
          return undefined;
        }
        this.redaction.add(reading.value, node.reference);
        return reading.value;
      }
      default:
        return node satisfies never;
    }
  }
}

async function ask(schema: StandardSchemaV1, value: unknown): Promise<unknown> {
  return schema['~standard'].validate(value);
}

type Answer =
  | { readonly kind: 'passed'; readonly value: unknown }
  | {
      readonly kind: 'refused';
      readonly issues: readonly { readonly path: ConfigPath; readonly message: string }[];
    };

/** What a schema answers, which is code of anybody, by the spec: a result without issues is a success. */
function readAnswer(result: unknown): Answer {
  const { issues, value } = (result ?? {}) as { issues?: unknown; value?: unknown };
  if (
    (issues === undefined || issues === null) &&
    typeof result === 'object' &&
    result !== null &&
    'value' in result
  )
    return { kind: 'passed', value };
  if (!Array.isArray(issues) || issues.length === 0)
    return {
      kind: 'refused',
      issues: [{ path: [], message: 'it answers with what is no result of a Standard Schema' }],
    };
  return { kind: 'refused', issues: (issues as readonly unknown[]).map(readIssue) };
}

function readIssue(issue: unknown): { readonly path: ConfigPath; readonly message: string } {
  const { message, path } = (issue ?? {}) as { message?: unknown; path?: unknown };
  const parts = Array.isArray(path) ? (path as readonly unknown[]) : [];
  return {
    message: typeof message === 'string' ? message : 'it does not say why',
    path: parts.map((part) => {
      const name = typeof part === 'object' && part !== null ? (part as { key?: unknown }).key : part;
      return typeof name === 'number' ? name : String(name);
    }),
  };
}

/** The problem with the part of the settings at `path`, told without any value that may be secret. */
function refusal(settings: SettingsMap, path: ConfigPath, expected: string): ConfigProblem {
  const { node, rest } = nodeAt(settings, path);
  const place: ConfigPlace = { ...node.place, path: [...node.place.path, ...rest] };
  return problemAt(place, rest.length === 0 ? describeNode(node, path) : 'nothing', expected);
}

function describeNode(node: SettingsNode, path: ConfigPath): string {
  switch (node.kind) {
    case 'map':
      return describeValue(Object.fromEntries(node.entries));
    case 'list':
      return `an array of ${String(node.items.length)}`;
    case 'secret':
      return `the value of ${node.reference.text}`;
    case 'value': {
      const isSecret = path.some((part) => isSecretName(String(part)));
      return isSecret ? HIDDEN : redactText(describeValue(node.value));
    }
    default:
      return node satisfies never;
  }
}
