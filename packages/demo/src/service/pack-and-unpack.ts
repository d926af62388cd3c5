import { leaseTools, type LiveTools } from '../tools.js';
import type { Block } from './block.js';

export interface PackedAndUnpacked {
  /** Every byte came back as it was. */
  readonly isRight: boolean;
  /** The cache did not have any more what it had been given: it may forget, and a new one knows nothing. */
  readonly isForgotten: boolean;
}

/**
 * Packs a block, keeps it in the cache under the digest of what was packed, gets it from there, and unpacks it.
 *
 * All of it is done by one serializer, one compressor and one digest; the cache may be another one at every call.
 *
 * @throws as `leaseTools`
 */
export function packAndUnpack(
  tools: LiveTools,
  { places, bytes }: Block,
  options: { readonly signal: AbortSignal },
): Promise<PackedAndUnpacked> {
  return leaseTools(
    tools,
    ['serializer', 'compressor', 'digest'],
    async ({ serializer, compressor, digest }) => {
      const packed = await compressor.compress(serializer.encode(places));
      const name = digest.hex(packed);
      await tools.cache.use((cache) => void cache.set(name, packed), options);
      const kept = await tools.cache.use((cache) => cache.get(name), options);
      const found = kept ?? packed;
      const unpacked = serializer.decode(await compressor.decompress(found));
      const isSame = digest.hex(found) === name && Buffer.from(JSON.stringify(unpacked)).equals(bytes);
      return { isRight: isSame, isForgotten: kept === undefined };
    },
    options,
  );
}
