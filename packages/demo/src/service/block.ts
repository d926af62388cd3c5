import { parsePlaces, readAll, splitPlaces } from '../job.js';
import type { LiveTools } from '../tools.js';

/** What one job is done with. */
export interface Block {
  readonly places: readonly unknown[];
  /** The same as it stands in the file: what has to come back. */
  readonly bytes: Buffer;
}

const PLACES_PER_BLOCK = 100;

/**
 * The blocks of a file of places.
 *
 * @param file a JSON list, without spaces
 * @throws where it is no list, or an empty one
 */
export async function readBlocks(
  { reader }: Pick<LiveTools, 'reader'>,
  file: string,
): Promise<readonly Block[]> {
  const places = parsePlaces(await reader.use((leased) => readAll(leased, file)));
  if (places.length === 0) throw new Error('The input has no places.');
  return splitPlaces(places, PLACES_PER_BLOCK).map((block) => ({
    places: block,
    bytes: Buffer.from(JSON.stringify(block)),
  }));
}
