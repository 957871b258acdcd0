import { createHmac } from 'node:crypto';
import { epochSeconds } from '@portillon/kernel';

export const SECRET_PREFIX = 'whsec_';

export interface SignedMessage {
  id: string;
  body: string;
  at: Date;
  /** The current secret, and the previous one while it still signs. */
  secrets: readonly string[];
}

/**
 * Returns the headers of Standard Webhooks 1.0.0: `v1`, HMAC-SHA-256 over `id.timestamp.body`, one signature for each
 * secret.
 */
export function signatureHeaders({ id, body, at, secrets }: SignedMessage): Record<string, string> {
  const timestamp = String(epochSeconds(at));
  const signatures = secrets.map((secret) => `v1,${signatureOf(secret, `${id}.${timestamp}.${body}`)}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

function signatureOf(secret: string, content: string): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  return createHmac('sha256', key).update(content, 'utf8').digest('base64');
}
