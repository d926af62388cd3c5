import type { JsonObject } from '../foundation/json.js';
import { printable } from '../foundation/printable.js';
import type { FilterCode, FilterFinding, FoundOffers } from './finding.js';
import { list } from './list.js';
import type { MarkCode, MarkDetail } from './mark.js';

const LONGEST_DETAIL = 300;

/** The words of every filter code, in reports, their text form and the reference pages. */
type FilterWording = {
  readonly [C in FilterCode]: {
    readonly title: string;
    /** What it means, for the reference page. */
    readonly meaning: string;
    /** What to do about it. */
    readonly remedy: string;
    /** The finding as half a sentence about the candidate: `lacks ttl; it has kv`. */
    readonly tell: (finding: Extract<FilterFinding, { readonly code: C }>) => string;
  };
};

/** What the rule of a mark expected. */
export const MARK_OPPOSITES: Readonly<Record<MarkCode, string>> = {
  DISABLED: 'enabled',
  PAUSED: 'running',
  UNHEALTHY: 'healthy',
  EXPIRED: 'not expired',
  LOAD_FAILED: 'loaded',
  NOT_TRUSTED: 'trusted',
};

export const FILTER_WORDING: FilterWording = {
  PROVIDER_NOT_REQUESTED: {
    title: 'The request names another provider',
    meaning: 'The request asks for one provider by name, and this candidate is of another.',
    remedy: 'Ask without a provider to let all of them compete, or ask for this one.',
    tell: ({ expected }) => `is not the requested ${String(expected)}`,
  },
  CAPABILITY_MISSING: {
    title: 'It lacks a requested capability',
    meaning:
      'The request asks for capabilities. When all are required, the candidate lacks at least one of them; when any is enough, it has none.',
    remedy:
      'Ask for fewer capabilities, or for any of them (`requireAll: false`); or, if the candidate can do it after all, add the capability where it is defined.',
    tell: ({ expected, actual }) => {
      const missing = expected.filter((capability) => !actual.includes(capability));
      return `lacks ${list(missing, 'and')}; it has ${actual.length === 0 ? 'no capabilities' : list(actual, 'and')}`;
    },
  },
  PLATFORM_UNSUPPORTED: {
    title: 'It does not run on this platform',
    meaning:
      'The candidate declares the operating systems (`platform.os`, values of `process.platform`) or the Node versions (`platform.node`, a semver range) that it runs on, and this process is none of them.',
    remedy: 'Run it where it is supported, or register a candidate that supports this platform.',
    tell: ({ expected, actual }) =>
      [
        expected.os === undefined ? [] : [`needs ${list(expected.os, 'or')}, this is ${String(actual.os)}`],
        expected.node === undefined ? [] : [`needs Node ${expected.node}, this is ${String(actual.node)}`],
      ]
        .flat()
        .join('; '),
  },
  REQUIREMENT_MISSING: {
    title: 'Something it requires is not offered',
    meaning:
      'The candidate requires another key, and no candidate there stands: none is registered, or each lacks a capability, is filtered itself, or requires something that is missing. Whether the required one wins its key does not matter.',
    remedy:
      'Register what is missing, or look at why what is there does not stand: `explain` the required key.',
    tell: ({ expected, actual }) =>
      expected
        .map(({ domain, key, capabilities }, index) => {
          const wanted = capabilities.length === 0 ? '' : ` with ${list(capabilities, 'and')}`;
          return `requires ${domain}/${key}${wanted}, ${tellOffers(actual[index])}`;
        })
        .join('; '),
  },
  CONFLICT: {
    title: 'It yields to a provider that it conflicts with',
    meaning:
      'The candidate declares in `conflictsWith` that it must not stand beside a provider of the same key, and that provider is eligible here. The one that declares a conflict yields; where both declare it, the one that ranks higher stays.',
    remedy: 'Remove or disable one of the two, or let the other one declare the conflict.',
    tell: ({ actual }) => `conflicts with ${list(actual, 'and')} and yields`,
  },
  DISABLED: markWording(
    'is disabled',
    'It is disabled',
    'Somebody disabled the candidate with `registry.mark(candidate, "DISABLED", …)`.',
    'Remove the mark: `registry.mark(candidate, "DISABLED", null)`.',
  ),
  PAUSED: markWording(
    'is paused',
    'It is paused',
    'The candidate is paused and takes no work for the time being.',
    'Resume it, or remove the mark "PAUSED".',
  ),
  UNHEALTHY: markWording(
    'is unhealthy',
    'Its health check fails',
    'The health check of the candidate failed often enough for it to be left out.',
    'Repair what the detail names. The mark goes when the check succeeds again.',
  ),
  EXPIRED: markWording(
    'has expired',
    'It has expired',
    'The offer was valid for a limited time, and that time is over.',
    'Renew the manifest or the lease that it came from.',
  ),
  LOAD_FAILED: markWording(
    'failed to load',
    'Its code could not be loaded',
    'The plugin or module of the candidate threw, timed out or was malformed while it was loaded.',
    'Repair the error in the detail and load it again.',
  ),
  NOT_TRUSTED: markWording(
    'is not trusted',
    'It is not trusted',
    'The candidate came from a source whose signature or digest could not be verified.',
    'Sign the source with enough trusted keys, or trust the keys that signed it.',
  ),
};

function markWording(words: string, title: string, meaning: string, remedy: string) {
  return {
    title,
    meaning,
    remedy,
    tell: ({ actual }: { readonly actual: MarkDetail | null }): string => {
      const detail = tellDetail(actual);
      return detail === '' ? words : `${words}: ${detail}`;
    },
  };
}

/** A detail as one short line that does a terminal no harm; it may come from anywhere. */
function tellDetail(detail: MarkDetail | null): string {
  if (detail === null) return '';
  const text = printable(typeof detail === 'string' ? detail : tellFacts(detail));
  return text.length <= LONGEST_DETAIL ? text : `${text.slice(0, LONGEST_DETAIL)}…`;
}

/** `by lifecycle, reason no answer`; data of more than one level as JSON. */
function tellFacts(detail: JsonObject): string {
  const facts = Object.entries(detail);
  if (facts.some(([, value]) => typeof value === 'object')) return JSON.stringify(detail);
  return facts
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** The finding as half a sentence about its candidate. */
export function tellFinding(finding: FilterFinding): string {
  // The words of a code take the findings of just that code.
  const tell = FILTER_WORDING[finding.code].tell as (finding: FilterFinding) => string;
  return tell(finding);
}

function tellOffers(found: FoundOffers | undefined): string {
  if (found === undefined || found.offered.length === 0) return 'where nothing is registered';
  return `where ${found.offered.map(({ provider, code }) => `${provider} is out (${code})`).join(', ')}`;
}
