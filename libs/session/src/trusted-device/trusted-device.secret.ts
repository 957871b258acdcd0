import { createHash, createHmac } from 'node:crypto';

/** The stored digest of a secret, as for the tokens of the kernel. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * The secret that follows `secret`. Tabs that present the same secret within the grace period get the same next one,
 * so no tab signs out another. It needs both halves: the salt alone (a stolen database) or the secret alone (a stolen
 * cookie) reveals nothing.
 */
export function nextSecret(secret: string, salt: string): string {
  return createHmac('sha256', secret).update(salt).digest('base64url');
}
