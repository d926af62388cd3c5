import type { FindingCode } from './doctor-finding.js';
import type { FindingWords } from './finding-words.js';

type Words<C extends FindingCode> = { readonly [K in C]: FindingWords<K> };

/** The words about plugins that are not loaded, and should be. */
export const PLUGIN_ERRORS_FOUND: Words<
  | 'PLUGIN_NOT_INSTALLED'
  | 'PLUGIN_UNDECLARED'
  | 'PLUGIN_ENTRY_INVALID'
  | 'PLUGIN_FAILED'
  | 'PLUGIN_CORE_UNSUPPORTED'
  | 'PLUGIN_NAME_TWICE'
  | 'PLUGIN_STRAY_ERROR'
> = {
  PLUGIN_NOT_INSTALLED: {
    severity: 'error',
    title: 'A configured plugin is not installed',
    meaning: 'The configuration names the package, and it cannot be imported from the project.',
    remedy: 'Install it, or remove it from `plugins`.',
    tell: ({ package: name }) => `The plugin ${name} is not installed.`,
  },
  PLUGIN_UNDECLARED: {
    severity: 'error',
    title: 'A package is meant as a plugin, and declares none',
    meaning:
      'The configuration lists it, or its package.json has something under `oneiric`; and there is no `"oneiric": { "plugin": "./…" }`.',
    remedy:
      'Correct its name in `plugins`, where that lists it. Else install a version of the package that has a plugin, or tell its authors.',
    tell: ({ package: name }) => `The package ${name} is installed and declares no plugin.`,
  },
  PLUGIN_ENTRY_INVALID: {
    severity: 'error',
    title: 'A plugin names a module that is not there',
    meaning:
      'What its package.json names as its plugin has to start with "./" and be a file inside the package.',
    remedy: 'Install the package again, or tell its authors.',
    tell: ({ package: name, entry }) =>
      `The plugin ${name} names ${entry ?? 'a module'}, which is no file of it.`,
  },
  PLUGIN_FAILED: {
    severity: 'error',
    title: 'A plugin cannot be loaded',
    meaning:
      'It threw, did not end in time, or is malformed. What it would have offered is filtered as `LOAD_FAILED`; everything else is decided without it.',
    remedy:
      'Repair what it says, install another version of the package, or do without it: uninstall it, or list only the others in `plugins`.',
    tell: ({ package: name, told }) => `The plugin ${name} is not loaded: ${told}.`,
  },
  PLUGIN_CORE_UNSUPPORTED: {
    severity: 'error',
    title: 'A plugin is for another version of Oneiric',
    meaning:
      'The range of `@oneiric/core` among the peer dependencies of its package leaves out this version. It is not imported.',
    remedy:
      'Install a version of the package that is for this one, or the version of `@oneiric/core` that it is for.',
    tell: ({ package: name, told }) => `The plugin ${name} is not loaded: ${told}.`,
  },
  PLUGIN_NAME_TWICE: {
    severity: 'error',
    title: 'Two packages bring a plugin of the same name',
    meaning: 'Only the one whose package comes first in the order of names is loaded.',
    remedy: 'Uninstall one of the two, or list only one of them in `plugins`.',
    tell: ({ package: name, told }) => `The plugin ${name} is not loaded: ${told}.`,
  },
  PLUGIN_STRAY_ERROR: {
    severity: 'error',
    title: 'A plugin began something that failed, and awaits it nowhere',
    meaning:
      'While it was loaded it left something behind that threw or was rejected: a timer, a connection, a promise. The command goes on; an application of yours would end there, as Node does with every error that nobody handles.',
    remedy:
      'Tell its authors, or do without it: uninstall it, or list only the others in `plugins`. Its setup has to await what it begins, or to handle its errors.',
    tell: ({ package: name, told }) => `The plugin ${name} began something that failed: ${told}.`,
  },
};

/** The words about plugins that may be meant to be as they are. */
export const PLUGIN_WARNINGS_FOUND: Words<'PLUGIN_SKIPPED' | 'PLUGIN_PROVIDES_INVALID'> = {
  PLUGIN_SKIPPED: {
    severity: 'warning',
    title: 'A plugin does not fit this machine',
    meaning: 'Its package.json names other systems, processors or versions of Node. It is not imported.',
    remedy: 'Nothing, where it is meant for other machines. Else install a version of the package that fits.',
    tell: ({ package: name, told }) => `The plugin ${name} is not loaded: ${told}.`,
  },
  PLUGIN_PROVIDES_INVALID: {
    severity: 'warning',
    title: 'A plugin says wrongly what it offers',
    meaning:
      '`oneiric.provides` in its package.json is what stays visible where the plugin cannot be loaded. What is no name there is passed over.',
    remedy: 'Correct it in the package, or tell its authors.',
    tell: ({ package: name, told }) => `The plugin ${name} is loaded, and ${told}.`,
  },
};
