import type { Keyring } from '@portillon/kernel';
import type { Hit, Limit } from './limit.types';

/** Returns a hit of `limit` by the client's address block. Counters store no address. */
export function hitOfBlock(limit: Limit, client: { addressBlock: string }, keyring: Keyring): Hit {
  return { limit, key: keyring.digest('limit', [client.addressBlock]) };
}
