import { createHash, createHmac } from 'node:crypto';

/** What the database keeps of a secret: the same digest as the tokens of the kernel. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * The secret that follows `secret`. All the tabs that come with the same one within the grace get the same next one,
 * so none throws another out. It takes both halves: the salt alone (a stolen database) or the secret alone (a stolen
 * cookie) tells nothing.
 */
export function nextSecret(secret: string, salt: string): string {
  return createHmac('sha256', secret).update(salt).digest('base64url');
}
