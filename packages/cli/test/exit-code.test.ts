import { describe, expect, it } from '@jest/globals';

import { EXIT, EXIT_WORDS, exitCodeOf, exitCodeOfDifferences, exitCodeOfError } from '../src/exit-code.js';

describe('the exit code', () => {
  it.each([
    ['resolved', false, 0],
    ['resolved', true, 0],
    ['tie', false, 0],
    ['tie', true, 4],
    ['none', false, 3],
    ['none', true, 3],
  ] as const)('of the outcome %s, failing on ties: %s, is %i', (outcome, failOnTie, code) => {
    expect(exitCodeOf({ outcome }, failOnTie)).toBe(code);
  });

  it.each([
    ['ONEIRIC_RESOLUTION_NONE', 3],
    ['ONEIRIC_CLI_UNKNOWN_DOMAIN', 3],
    ['ONEIRIC_CLI_USAGE', 2],
    ['ONEIRIC_CLI_KEY_MISSING', 2],
    ['ONEIRIC_CLI_UNCAUGHT', 1],
    ['ONEIRIC_CONFIG_INVALID', 2],
    ['ONEIRIC_DECISION_CHANGE_SYNTAX', 2],
    ['ONEIRIC_REGISTRY_NAME_INVALID', 2],
    ['ONEIRIC_LOCK_DEADLOCK', 1],
    ['ONEIRIC_LIFECYCLE_STATUS_FILE', 2],
    ['ONEIRIC_LOCKFILE_NOT_FOUND', 2],
    ['ONEIRIC_LOCKFILE_NOT_WRITTEN', 1],
    ['ONEIRIC_CLI_UNKNOWN_PATH', 2],
    ['ONEIRIC_CLI_PROCESS_SEVERAL', 2],
    ['ONEIRIC_CLI_HOLD_INTERRUPTED', 130],
    ['ONEIRIC_CLI_PROCESS_GONE', 1],
    ['ONEIRIC_CLI_INTERRUPTED', 130],
    ['ONEIRIC_ATTACH_NONE', 2],
    ['ONEIRIC_ATTACH_NOT_FOUND', 2],
    ['ONEIRIC_ATTACH_FORBIDDEN', 2],
    ['ONEIRIC_ATTACH_LOST', 1],
    ['ONEIRIC_ATTACH_NO_ANSWER', 1],
    ['ONEIRIC_LIFECYCLE_FAILED', 1],
    ['ONEIRIC_LIFECYCLE_NO_ROLLBACK', 1],
    ['ENOENT', 1],
    [undefined, 1],
  ])('of an error %s is %i', (error, code) => {
    expect(exitCodeOfError(error)).toBe(code);
  });

  it.each([
    [[], false, 0],
    [[], true, 0],
    [['other'], false, 0],
    [['other'], true, 5],
    [['other', 'winner'], false, 5],
  ] as const)('of the differences %j, strictly: %s, is %i', (severities, isStrict, code) => {
    expect(exitCodeOfDifferences(severities.map((severity) => ({ severity })), isStrict)).toBe(code); // prettier-ignore
  });

  it('has words for every number', () => {
    expect(Object.keys(EXIT_WORDS).map(Number)).toEqual(Object.values(EXIT));
  });
});
