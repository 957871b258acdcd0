import { Injectable } from '@nestjs/common';
import { AppError, Clock, HOUR, Keyring, Random, addMilliseconds, epochSeconds } from '@portillon/kernel';
import { createHmac } from 'node:crypto';
import type { WebhookEndpointEntity } from './webhook-endpoint.repository';

const SECRET_PREFIX = 'whsec_';

export interface SignedMessage {
  id: string;
  body: string;
  at: Date;
  /** The current secret, and the previous one while it still signs. */
  secrets: readonly string[];
}

/** The endpoint's id is encrypted too, so that a secret copied to another row is rejected. */
interface Sealed {
  id: string;
  secret: string;
}

const PURPOSE = 'webhook.secret';
const SECRET_BYTES = 32;
/** 24 to 48 bytes in base64: more would not fit the column once encrypted. */
const GIVEN = /^whsec_[A-Za-z0-9+/]{32,64}={0,2}$/;
/** How long the previous secret also signs. */
const OVERLAP_MS = 24 * HOUR;

/** Secrets of endpoints: encrypted in the database, shown once. */
@Injectable()
export class WebhookSecretService {
  constructor(
    private readonly keyring: Keyring,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a secret, or takes `given`, and returns it with its stored form.
   *
   * @throws AppError `validation.failed` when `given` is not a secret of Standard Webhooks 1.0.0
   */
  make(id: string, given?: string): { secret: string; sealedSecret: string } {
    if (given !== undefined && !GIVEN.test(given)) throw malformed();
    const secret = given ?? SECRET_PREFIX + this.random.bytes(SECRET_BYTES).toString('base64');
    const sealed: Sealed = { id, secret };
    return { secret, sealedSecret: this.keyring.seal(PURPOSE, JSON.stringify(sealed), this.random) };
  }

  previousUntil(): Date {
    return addMilliseconds(this.clock.now(), OVERLAP_MS);
  }

  /** Secrets that sign now, the current one first; nothing when this ring lacks a key. */
  signing(endpoint: WebhookEndpointEntity): string[] | undefined {
    const { sealedSecret, previousSealedSecret, previousSecretUntil } = endpoint;
    const overlaps = previousSealedSecret && previousSecretUntil && previousSecretUntil > this.clock.now();
    try {
      return [sealedSecret, ...(overlaps ? [previousSealedSecret] : [])].map((one) =>
        this.#open(endpoint.id, one),
      );
    } catch {
      return undefined;
    }
  }

  #open(id: string, sealed: string): string {
    const opened = JSON.parse(this.keyring.open(PURPOSE, sealed)) as Sealed;
    if (opened.id !== id) throw new Error('The secret of another endpoint');
    return opened.secret;
  }
}

function malformed(): AppError {
  return new AppError('validation.failed', { errors: [{ field: 'secret', code: 'format', message: '' }] });
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
