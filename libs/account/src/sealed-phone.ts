import type { Keyring, Random } from '@portillon/kernel';

const PURPOSE = 'account.phone';

/** Seals a number for its account: the same number never gives the same text, and no other account can carry it. */
export function sealPhone(keyring: Keyring, random: Random, accountId: string, e164: string): string {
  return keyring.seal(PURPOSE, `${accountId} ${e164}`, random);
}

/**
 * The number inside, or nothing when it cannot be read: sealed by a key that left the ring, altered, or copied from
 * another account. The person then receives codes by mail and can give the number again.
 */
export function openPhone(keyring: Keyring, accountId: string, sealed: string): string | undefined {
  try {
    const [owner, e164] = keyring.open(PURPOSE, sealed).split(' ');
    return owner === accountId ? e164 : undefined;
  } catch {
    return undefined;
  }
}
