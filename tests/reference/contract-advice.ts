/** For each code of the plugin contract: when it comes, and what to do. */
export const CONTRACT_ADVICE: Readonly<Record<string, readonly [when: string, next: string]>> = {
  ONEIRIC_CONTRACT_BROKEN: [
    'A check of `pluginContract` has found that a plugin does not keep one of its rules. `error.details.rule` is its name; the message says what was found and where. A rule that rests on a broken one is not judged, so that one cause is one failing check.',
    'The last line of the message says what to do. [Writing a plugin](../guides/writing-a-plugin.md) tells why the rules are as they are.',
  ],
  ONEIRIC_CONTRACT_NOT_CHECKED: [
    'The contract could not be looked at: npm, which is asked what it would pack, could not be run or failed, or the process that tries the plugin could not begin. It says nothing about the plugin.',
    'Look at what npm said, and run `npm pack --dry-run` in the folder. Where another tool packs the plugin, give what it packs in the option `files`.',
  ],
  ONEIRIC_CONTRACT_OPTION_INVALID: [
    'An option of `pluginContract` is unknown or of the wrong type. `settings` are sent to another process, and have to be data.',
    'Correct the value that the message names.',
  ],
};
