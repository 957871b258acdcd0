import type { Keyring } from '@portillon/kernel';
import type { Hit, Limit } from './limit.types';

/** One more of what `limit` counts, from a client's address block; the counters hold no address. */
export function hitOfBlock(limit: Limit, client: { addressBlock: string }, keyring: Keyring): Hit {
  return { limit, key: keyring.digest('limit', [client.addressBlock]) };
}
