/** For each code of plugins: when it comes, and what to do. */
export const PLUGIN_ADVICE: Readonly<Record<string, readonly [when: string, next: string]>> = {
  ONEIRIC_PLUGIN_DEFINITION_INVALID: [
    'What `definePlugin` was given is no plugin; all that is wrong with it is listed.',
    'Correct it. Where the plugin is somebody else’s, install another version of the package, or tell its authors.',
  ],
  ONEIRIC_PLUGIN_IMPORT_FAILED: [
    'The module of a plugin threw while it was imported, or a file that it imports is not there. It is the `error` of the plugin’s report; everything else is decided without the plugin.',
    'Look at `error.cause`. A plugin does better to ask for what it needs in its `setup` or in its factories than when it is imported.',
  ],
  ONEIRIC_PLUGIN_SETUP_FAILED: [
    'The `setup` of a plugin threw or rejected. What it had registered so far is not offered either; it stays visible as `LOAD_FAILED`.',
    'Look at `error.cause`, repair it, and load the plugins again, or in development call `plugins.reload(package)`.',
  ],
  ONEIRIC_PLUGIN_CLEANUP_FAILED: [
    'A plugin was unloaded or reloaded, and its cleanup threw. Its candidates had left the registry before; the cleanup is not tried again.',
    'Look at `error.cause`: what the plugin holds, a connection or a timer, may still be open.',
  ],
  ONEIRIC_PLUGIN_TIMEOUT: [
    'The import, the setup or the cleanup of a plugin took longer than `pluginTimeoutMs` (10 seconds, unless the configuration says otherwise). The plugin counts as failed. Its signal is aborted, and a setup that settles later is cleaned up.',
    'Find out what it waits for. Raise `pluginTimeoutMs` where the time is really needed; better, do slow work in the factories, which are only called for what wins.',
  ],
  ONEIRIC_PLUGIN_INVALID: [
    'The default export of a plugin module is no plugin, its `setup` returned what cannot clean up, or a candidate that it offers is not valid or is offered twice. Nothing of the plugin is offered.',
    'Export `definePlugin({ name, candidates, setup })`, which checks all of this in the plugin’s own tests. `error.cause` holds the details where there are more.',
  ],
  ONEIRIC_PLUGIN_NAME_TAKEN: [
    'Two packages bring plugins that call themselves the same. The one whose package comes first in the order of names is loaded, the other is cleaned up and reported.',
    'Take one of the two out of `plugins`, or uninstall it. They are often two packages of one plugin, under an old and a new name.',
  ],
  ONEIRIC_PLUGIN_SKIPPED: [
    'Somebody wanted an instance of a candidate whose plugin was not imported: its package.json says that it does not fit this system, processor, or version of Node or of Oneiric.',
    'Install a version of the package that fits, or select another provider.',
  ],
  ONEIRIC_PLUGIN_REGISTER_LATE: [
    'A plugin called `register` when its `setup` had settled: it had not awaited what registers. The candidate is not offered; the others of the plugin stay.',
    'Await in `setup` whatever registers. What is only known later belongs to the application’s registry, and not to a plugin.',
  ],
  ONEIRIC_PLUGIN_GENERATIONS: [
    'One plugin was reloaded so often in one process that it would keep more than twenty generations of its modules. Node never lets go of a module.',
    'Restart the process. Reloading is for development.',
  ],
  ONEIRIC_PLUGIN_UNKNOWN: [
    '`reload` or `unload` names a package that is none of the plugins of this host.',
    'Correct the name; `plugins.reports` lists them. A package that was installed later is loaded when the plugins are loaded again.',
  ],
  ONEIRIC_PLUGIN_REENTRANT: [
    'The import, the setup or the cleanup of a plugin asked for plugins to be loaded, reloaded, unloaded or closed. What it asks for would have to wait for the asker, so it is refused at once.',
    'Do it when the setup or the cleanup has settled.',
  ],
  ONEIRIC_PLUGIN_IN_TRANSACTION: [
    'Plugins were to be loaded, reloaded or unloaded inside `registry.transaction`, which would hold the lock of the registry while code of others runs.',
    'Call it outside of the transaction.',
  ],
  ONEIRIC_PLUGIN_HOST_CLOSED: [
    'An operation was called on a plugin host that is closed, or on the plugins of an `Oneiric` that is.',
    'Load the plugins again.',
  ],
  ONEIRIC_PLUGIN_OPTION_INVALID: [
    'An option of `loadPlugins` is unknown, of the wrong type or out of bounds. Nothing was loaded.',
    'Correct the value that the message names.',
  ],
};
