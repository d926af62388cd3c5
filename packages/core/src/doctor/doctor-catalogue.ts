import { list } from '../decision/list.js';
import type { DoctorFinding, FindingCode, FindingSeverity } from './doctor-finding.js';
import type { FindingWords } from './finding-words.js';
import { PLUGIN_ERRORS_FOUND, PLUGIN_WARNINGS_FOUND } from './plugin-findings.js';

const meant = (nearest: string | null): string => (nearest === null ? '' : ` Did you mean "${nearest}"?`);
const arrows = (path: readonly string[]): string => path.join(' -> ');

/** What is the matter with a setting, in half a sentence; the settings as a whole have no name. */
export function tellUnusable(setting: string, found: string): string {
  const what = setting === '' ? 'its settings are' : `its setting ${setting} is`;
  return `${what} ${found === 'nothing' ? 'not set' : found}`;
}

/**
 * The words of every finding, the gravest first, and a cause before what follows from it: that a plugin is not loaded
 * can be why nothing wins. `docs/doctor.md` is made of it.
 */
export const DOCTOR_CATALOGUE: { readonly [C in FindingCode]: FindingWords<C> } = {
  ...PLUGIN_ERRORS_FOUND,
  SELECTION_UNKNOWN: {
    severity: 'error',
    title: 'A selection pins a provider that nobody offers',
    meaning: 'A pin is that provider or nothing, so nothing wins the key.',
    remedy: 'Correct the name, or offer the provider.',
    tell: ({ name, nearest }, key) =>
      `The selection pins ${name} for ${key}, which nobody offers.${meant(nearest)}`,
  },
  SELECTION_WITHOUT_CANDIDATE: {
    severity: 'error',
    title: 'A selection is for a key that nothing is offered for',
    meaning: 'The domain or the key is misspelt, or what offers candidates for it is missing.',
    remedy: 'Correct the key, or remove the selection.',
    tell: ({ nearest }, key) => `A selection is for ${key}, and nothing is offered there.${meant(nearest)}`,
  },
  NOTHING_WINS: {
    severity: 'error',
    title: 'Nothing wins a key',
    meaning: 'Candidates are offered, and each of them is filtered, or a pin names one that is.',
    remedy: 'Run "oneiric explain" with the key: it says what each candidate lacks.',
    tell: ({ summary }, key) => `${key}: ${summary}`,
  },
  INJECT_MISSING: {
    severity: 'error',
    title: 'A winner needs what nothing wins',
    meaning:
      'The factory of a winner wants an instance of another key (`inject`), and that key has no winner.',
    remedy: 'Offer the key that is missing, or correct its name in `inject`.',
    tell: ({ provider, name, target, path, nearest }, key) =>
      `${provider} of ${key} wants ${target} as "${name}", and nothing wins there${path.length > 2 ? ` (${arrows(path)})` : ''}.${meant(nearest)}`,
  },
  INJECT_CYCLE: {
    severity: 'error',
    title: 'Winners need each other in a circle',
    meaning: 'None of them can be built first.',
    remedy: 'Take one of the needs out of `inject`; let it ask for the other when it is used.',
    tell: ({ path }) => `These need each other to be built: ${arrows(path)}.`,
  },
  FACTORY_FILE_MISSING: {
    severity: 'error',
    title: 'A factory reference leads to no file',
    meaning: 'The file is only looked for, never loaded. A `.js` may be a `.ts` beside it.',
    remedy: 'Correct the path; it counts from the folder of the configuration. Or build the project first.',
    tell: ({ provider, reference, missing }, key) =>
      `${provider} of ${key} is made by ${reference}, and there is no file ${missing}.`,
  },
  FACTORY_PACKAGE_MISSING: {
    severity: 'error',
    title: 'A factory reference leads into a package that is not installed',
    meaning:
      'The package is only looked for, in every `node_modules` from the project upwards, and never loaded.',
    remedy: 'Install the package, or correct its name.',
    tell: ({ provider, reference, missing }, key) =>
      `${provider} of ${key} is made by ${reference}, and ${missing} is not installed.`,
  },
  FACTORY_NOT_ALLOWED: {
    severity: 'error',
    title: 'A factory reference leads into a package that is not allowed',
    meaning:
      'Code is loaded only from the project and from the packages of `allowedPackages`, or where that is not set from the direct dependencies.',
    remedy: 'Make the package a dependency of the project, or name it in `allowedPackages`.',
    tell: ({ provider, reference, package: name }, key) =>
      `${provider} of ${key} is made by ${reference}, and code may not be loaded from ${name}.`,
  },
  LOCKFILE_UNREADABLE: {
    severity: 'error',
    title: 'The lockfile cannot be read',
    meaning: '"oneiric check" ends with 2 as long as it is so.',
    remedy: 'Restore it from version control, or write it again with "oneiric lock".',
    tell: ({ message }) => message,
  },
  PREFERENCE_UNKNOWN: {
    severity: 'warning',
    title: 'A preference names a provider that nobody offers',
    meaning: 'The ranking decides instead.',
    remedy: 'Correct the name, offer the provider, or remove the selection.',
    tell: ({ name, nearest }, key) =>
      `The selection prefers ${name} for ${key}, which nobody offers.${meant(nearest)}`,
  },
  TIE: {
    severity: 'warning',
    title: 'Only the order of registration decides',
    meaning:
      'Candidates are equal under every other rule, and the order of registrations is rarely meant to decide.',
    remedy: 'Select one, or give one of them another priority or stack level.',
    tell: ({ winner, equals }, key) =>
      `${key} is a tie: ${winner} wins over ${list(equals, 'and')} only because it comes later.`,
  },
  REQUIREMENT_UNMET: {
    severity: 'warning',
    title: 'A candidate requires what nobody offers',
    meaning: 'The candidate is filtered. Where nothing else wins the key, that is an error of its own.',
    remedy: 'Offer what is missing, or remove the candidate.',
    tell: ({ provider, told }, key) => `${provider} of ${key} is filtered: it ${told}.`,
  },
  PLATFORM_UNSUPPORTED: {
    severity: 'warning',
    title: 'A candidate does not run on this machine',
    meaning: 'Its `platform` names other operating systems or versions of Node than this one.',
    remedy: 'Nothing, where it is meant for other machines. Else run a version of Node that it supports.',
    tell: ({ provider, told }, key) => `${provider} of ${key} is filtered: it ${told}.`,
  },
  CONFLICTING: {
    severity: 'warning',
    title: 'A candidate yields to one that it conflicts with',
    meaning: 'It names the other one in `conflictsWith`, and both are offered.',
    remedy: 'Remove one of the two.',
    tell: ({ provider, told }, key) => `${provider} of ${key} is filtered: it ${told}.`,
  },
  MARKED: {
    severity: 'warning',
    title: 'A candidate is taken out from outside',
    meaning: 'It is disabled, paused, unhealthy, expired, not trusted, or could not be loaded.',
    remedy: 'Look at the reason.',
    tell: ({ provider, told }, key) => `${provider} of ${key} is filtered: it ${told}.`,
  },
  ...PLUGIN_WARNINGS_FOUND,
  REQUIRES_CYCLE: {
    severity: 'warning',
    title: 'Candidates require each other in a circle',
    meaning:
      'They hold each other up: each is offered because the other is. They can be built, since nothing is injected.',
    remedy: 'Nothing, where it is meant.',
    tell: ({ path }) => `These require each other: ${arrows(path)}.`,
  },
  STACK_ORDER_UNUSED: {
    severity: 'warning',
    title: 'The stack order names a package that offers nothing',
    meaning: 'No candidate comes from it, so that its place in the order has no effect.',
    remedy: 'Correct the name, or remove it from `stackOrder`.',
    tell: ({ name, nearest }) =>
      `The stack order names ${name}, and no candidate comes from it.${meant(nearest)}`,
  },
  VARIABLE_UNKNOWN: {
    severity: 'warning',
    title: 'An environment variable looks like one of ours and is none',
    meaning: 'Nothing reads it. References to secrets (`env:NAME`) in the settings are known.',
    remedy: 'Correct its name, or unset it.',
    tell: ({ name, nearest }) =>
      `The environment variable ${name} is set, and nothing reads it.${meant(nearest)}`,
  },
  VERSIONS_DIFFER: {
    severity: 'warning',
    title: 'Packages of Oneiric are installed in different versions',
    meaning: 'They are released together, and only the same version of each is tested with the others.',
    remedy:
      'Install the same version of all of them, and remove copies: "npm ls @oneiric/core" shows where they come from.',
    tell: ({ packages }) => {
      const names = packages.map(({ name, version }) => `${name} ${version}`);
      return `Different versions are installed: ${list(names, 'and')}.`;
    },
  },
  SETTINGS_UNUSABLE: {
    severity: 'warning',
    title: 'A winner cannot be given its settings here',
    meaning:
      'A secret that they refer to is not there, or its schema wants what nobody sets. It wins, and cannot start.',
    remedy:
      'Give it under `settings` in the configuration; of a secret, set the variable or provide the file.',
    tell: ({ provider, setting, found, expected }) =>
      `${provider} wins and cannot start here: ${tellUnusable(setting, found)}; expected ${expected}.`,
  },
  LOCKFILE_STRAY: {
    severity: 'warning',
    title: 'There is a second lockfile',
    meaning: 'Only the one beside the configuration counts.',
    remedy: 'Remove it.',
    tell: ({ file, counts }) => `There is a lockfile ${file}, and only ${counts} counts.`,
  },
  LOCKFILE_MISSING: {
    severity: 'note',
    title: 'There is no lockfile',
    meaning: 'Without it no check can say that a winner changed.',
    remedy: 'Run "oneiric lock", commit the file, and run "oneiric check" in CI.',
    tell: ({ file }) => `There is no ${file}, so that a changed winner goes unseen.`,
  },
  NOT_IN_FORCE: {
    severity: 'note',
    title: 'The configuration sets what this version does not act on',
    meaning: 'It is read and checked, and has no effect yet.',
    remedy: 'Nothing; or leave it out.',
    tell: ({ path, text }) => `${path}: ${text}.`,
  },
};

/** How grave a finding is. */
export function severityOf({ code }: Pick<DoctorFinding, 'code'>): FindingSeverity {
  return DOCTOR_CATALOGUE[code].severity;
}

/** What was found, in a sentence. */
export function tellDoctorFinding({ code, details, key }: DoctorFinding): string {
  // The words of a code take the details of just that code.
  const tell = DOCTOR_CATALOGUE[code].tell as (details: unknown, key: string) => string;
  return tell(details, key ?? 'the project');
}
