import type { ErrorFamily } from '../errors/error-details.js';
import { formatSourcePlace, type SourcePlace } from '../foundation/source-place.js';
import type { InputProblem } from '../registry/registry-errors.js';
import type { OfferedName } from './offered-name.js';

/** What was being done with a plugin. */
export type PluginPhase = 'import' | 'setup' | 'cleanup';

interface OfPlugin {
  readonly package: string;
}
interface Threw extends OfPlugin {
  readonly thrown: string;
}
interface ThrewAt extends Threw {
  /** Where in the package, as far as that is known: `acme-redis/plugin.js`, line and column. */
  readonly at: SourcePlace | undefined;
}

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_PLUGIN_DEFINITION_INVALID: {
      readonly problems: readonly InputProblem[];
      /** The names of the candidates that it gives. */
      readonly offered: readonly OfferedName[];
    };
    ONEIRIC_PLUGIN_IMPORT_FAILED: ThrewAt & { readonly entry: string };
    ONEIRIC_PLUGIN_SETUP_FAILED: ThrewAt & { readonly name: string };
    ONEIRIC_PLUGIN_CLEANUP_FAILED: Threw;
    ONEIRIC_PLUGIN_TIMEOUT: OfPlugin & { readonly phase: PluginPhase; readonly timeoutMs: number };
    ONEIRIC_PLUGIN_INVALID: OfPlugin & {
      readonly entry: string;
      /** What is wrong, as a clause: `name is 7`. */
      readonly found: string;
      readonly expected: string;
    };
    ONEIRIC_PLUGIN_NAME_TAKEN: OfPlugin & { readonly name: string; readonly by: string };
    ONEIRIC_PLUGIN_SKIPPED: OfPlugin & { readonly reason: string; readonly detail: string };
    ONEIRIC_PLUGIN_REGISTER_LATE: { readonly name: string };
    ONEIRIC_PLUGIN_GENERATIONS: OfPlugin & { readonly limit: number };
    ONEIRIC_PLUGIN_UNKNOWN: OfPlugin & { readonly nearest: string | undefined };
    ONEIRIC_PLUGIN_REENTRANT: { readonly operation: string };
    ONEIRIC_PLUGIN_IN_TRANSACTION: { readonly operation: string };
    ONEIRIC_PLUGIN_HOST_CLOSED: { readonly operation: string };
    ONEIRIC_PLUGIN_OPTION_INVALID: {
      readonly option: string;
      readonly found: string;
      readonly expected: string;
    };
  }
}

function tellAt(at: SourcePlace | undefined): string {
  return at === undefined ? '' : ` (${formatSourcePlace(at)})`;
}

/** The words of everything that can be wrong with plugins. */
export const PLUGIN_ERRORS: ErrorFamily<'ONEIRIC_PLUGIN_'> = {
  ONEIRIC_PLUGIN_DEFINITION_INVALID: {
    summary: 'What is defined as a plugin is none.',
    message: ({ problems }) =>
      `This is no plugin: ${problems.map((each) => `${each.path}: expected ${each.expected}; found ${each.found}`).join('; ')}. ` +
      'Write definePlugin({ name, candidates, setup }).',
  },
  ONEIRIC_PLUGIN_IMPORT_FAILED: {
    summary:
      'The module of a plugin could not be imported: something in it threw, or it is not what was checked.',
    message: (d) =>
      `The plugin ${d.package} could not be imported from ${d.entry}: ${d.thrown}${tellAt(d.at)}.`,
  },
  ONEIRIC_PLUGIN_SETUP_FAILED: {
    summary: 'The setup of a plugin threw, so that nothing of the plugin is offered.',
    message: (d) =>
      `The setup of the plugin ${d.package} failed: ${d.thrown}${tellAt(d.at)}. Nothing of it is offered.`,
  },
  ONEIRIC_PLUGIN_CLEANUP_FAILED: {
    summary: 'A plugin was unloaded, and its cleanup threw.',
    message: (d) => `The plugin ${d.package} is unloaded, and its cleanup failed: ${d.thrown}.`,
  },
  ONEIRIC_PLUGIN_TIMEOUT: {
    summary: 'The import, the setup or the cleanup of a plugin took too long.',
    message: (d) =>
      `The ${d.phase} of the plugin ${d.package} did not end within ${String(d.timeoutMs)} ms. ` +
      (d.phase === 'import'
        ? 'Look for a top-level await that never settles, in it or in what it imports.'
        : 'Look for what it waits for; its signal says when it is to give up.'),
  },
  ONEIRIC_PLUGIN_INVALID: {
    summary: 'The module of a plugin does not export one, or what it offers cannot be registered.',
    message: (d) => `The plugin ${d.package} cannot be used: ${d.found}; expected ${d.expected}.`,
  },
  ONEIRIC_PLUGIN_NAME_TAKEN: {
    summary: 'Two packages bring a plugin of the same name; only the first of them is loaded.',
    message: (d) =>
      `The plugin ${d.package} calls itself "${d.name}", and so does ${d.by}, which comes first. ` +
      'Uninstall one of the two, or list only one of them in "plugins".',
  },
  ONEIRIC_PLUGIN_SKIPPED: {
    summary: 'A plugin was not imported, because its package.json says that it does not fit here.',
    message: (d) => `The plugin ${d.package} is not loaded here: ${d.detail}.`,
  },
  ONEIRIC_PLUGIN_REGISTER_LATE: {
    summary: 'A plugin offered a candidate after its setup had settled.',
    message: (d) =>
      `The plugin "${d.name}" called register() after its setup had settled. ` +
      'Await in setup whatever registers, or give the candidate in "candidates".',
  },
  ONEIRIC_PLUGIN_GENERATIONS: {
    summary: 'A plugin was reloaded so often that no further copy of its modules is taken into memory.',
    message: (d) =>
      `The plugin ${d.package} was loaded ${String(d.limit)} times in this process. Node never lets go of a module, ` +
      'so that every reload keeps the code of the one before. Restart the process.',
  },
  ONEIRIC_PLUGIN_UNKNOWN: {
    summary: 'An operation names a package that is no plugin of this host.',
    message: (d) =>
      `There is no plugin ${d.package} here.${d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`}`,
  },
  ONEIRIC_PLUGIN_REENTRANT: {
    summary: 'The setup or the cleanup of a plugin asked for plugins to be loaded, reloaded or unloaded.',
    message: (d) =>
      `${d.operation} was called from inside the setup or cleanup of a plugin, which it would have to wait for. ` +
      'Call it after that has settled.',
  },
  ONEIRIC_PLUGIN_IN_TRANSACTION: {
    summary: 'Plugins were asked to be loaded, reloaded or unloaded inside a transaction.',
    message: (d) =>
      `${d.operation} was called inside a transaction, which would hold the lock while code of plugins runs. ` +
      'Call it outside.',
  },
  ONEIRIC_PLUGIN_HOST_CLOSED: {
    summary: 'The plugin host is closed.',
    message: (d) => `${d.operation} was called on a plugin host that is closed.`,
  },
  ONEIRIC_PLUGIN_OPTION_INVALID: {
    summary: 'An option of the plugin host is not what it has to be.',
    message: (d) => `The option ${d.option} of the plugins is ${d.found}; expected ${d.expected}.`,
  },
};
