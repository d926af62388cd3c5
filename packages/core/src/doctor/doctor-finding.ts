import type { ValueOrigin } from '../decision/value-origin.js';

/** `error`: something will not work. `warning`: probably not what was meant. `note`: worth knowing. */
export type FindingSeverity = 'error' | 'warning' | 'note';

interface NamedWrongly {
  readonly name: string;
  readonly nearest: string | null;
}
interface OfCandidate {
  readonly provider: string;
  /** What the filter found, in half a sentence. */
  readonly told: string;
}
interface FactoryReferenced {
  readonly provider: string;
  readonly reference: string;
  /** The file or the package that is not there. */
  readonly missing: string;
}
interface PluginNamed {
  readonly package: string;
  readonly entry: string | null;
  /** What is the matter, in half a sentence. */
  readonly told: string;
}

/** What each finding is about, by its code. */
export interface FindingDetails {
  SELECTION_UNKNOWN: NamedWrongly;
  PREFERENCE_UNKNOWN: NamedWrongly;
  SELECTION_WITHOUT_CANDIDATE: NamedWrongly;
  NOTHING_WINS: { readonly summary: string };
  INJECT_MISSING: {
    readonly provider: string;
    /** The name under which the factory wants it. */
    readonly name: string;
    readonly target: string;
    readonly path: readonly string[];
    readonly nearest: string | null;
  };
  INJECT_CYCLE: { readonly path: readonly string[] };
  FACTORY_FILE_MISSING: FactoryReferenced;
  FACTORY_PACKAGE_MISSING: FactoryReferenced;
  FACTORY_NOT_ALLOWED: { readonly provider: string; readonly reference: string; readonly package: string };
  PLUGIN_NOT_INSTALLED: PluginNamed;
  PLUGIN_UNDECLARED: PluginNamed;
  PLUGIN_ENTRY_INVALID: PluginNamed;
  PLUGIN_FAILED: PluginNamed;
  PLUGIN_CORE_UNSUPPORTED: PluginNamed;
  PLUGIN_NAME_TWICE: PluginNamed;
  PLUGIN_STRAY_ERROR: PluginNamed;
  PLUGIN_SKIPPED: PluginNamed;
  PLUGIN_PROVIDES_INVALID: PluginNamed;
  LOCKFILE_UNREADABLE: { readonly file: string; readonly message: string };
  TIE: { readonly winner: string; readonly equals: readonly string[] };
  REQUIREMENT_UNMET: OfCandidate;
  PLATFORM_UNSUPPORTED: OfCandidate;
  CONFLICTING: OfCandidate;
  MARKED: OfCandidate;
  REQUIRES_CYCLE: { readonly path: readonly string[] };
  STACK_ORDER_UNUSED: NamedWrongly;
  VARIABLE_UNKNOWN: NamedWrongly;
  VERSIONS_DIFFER: { readonly packages: readonly { readonly name: string; readonly version: string }[] };
  SETTINGS_UNUSABLE: {
    readonly provider: string;
    /** Below the settings of the provider; empty for all of them. */
    readonly setting: string;
    readonly found: string;
    readonly expected: string;
  };
  LOCKFILE_STRAY: { readonly file: string; readonly counts: string };
  LOCKFILE_MISSING: { readonly file: string };
  NOT_IN_FORCE: { readonly path: string; readonly text: string };
}
export type FindingCode = keyof FindingDetails;

/** One thing that `doctor` found. All of it is JSON; the words are in `DOCTOR_CATALOGUE`. */
export type DoctorFinding = {
  readonly [C in FindingCode]: {
    readonly code: C;
    /** The key that it is about, in full; null where it is about the project. */
    readonly key: string | null;
    /** Where it was written; null where it is written nowhere. */
    readonly place: ValueOrigin | null;
    readonly details: FindingDetails[C];
  };
}[FindingCode];
