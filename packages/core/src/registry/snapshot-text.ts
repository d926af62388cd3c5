import type { RegistrySnapshot } from './registry-snapshot.js';
import { SNAPSHOT_VERSION, snapshotKey } from './snapshot-json.js';

/** Takes about a millisecond. */
const KEYS_IN_A_PIECE = 25;

/**
 * The text of `snapshotJson`, piece by piece, each made when it is asked for: a process with many candidates does not
 * stand still for it. The snapshot does not change meanwhile.
 */
export function* snapshotText({ state }: RegistrySnapshot): Generator<string, void, undefined> {
  const { revision, platform } = state;
  const head = JSON.stringify({ schemaVersion: SNAPSHOT_VERSION, revision, platform });
  yield `${head.slice(0, -1)},"keys":[`;
  const slots = state.slotsOf();
  for (let from = 0; from < slots.length; from += KEYS_IN_A_PIECE) {
    const keys = slots.slice(from, from + KEYS_IN_A_PIECE).map((slot) => JSON.stringify(snapshotKey(slot)));
    yield (from === 0 ? '' : ',') + keys.join(',');
  }
  yield ']}';
}
