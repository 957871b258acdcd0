import { Injectable } from '@nestjs/common';
import { Clock, HOUR, Keyring, Random, shift } from '@portillon/kernel';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity';
import { SECRET_PREFIX } from './webhook-signature';

/** The endpoint's id is inside too, so that a secret copied to another row opens nothing. */
interface Sealed {
  id: string;
  secret: string;
}

const PURPOSE = 'webhook.secret';
const SECRET_BYTES = 32;
/** How long the secret before the present one signs too. */
const OVERLAP_MS = 24 * HOUR;

/** The secrets of the endpoints: sealed in the database, shown once. */
@Injectable()
export class WebhookSecretService {
  constructor(
    private readonly keyring: Keyring,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /** A new secret, and how it is kept. */
  make(id: string): { secret: string; sealedSecret: string } {
    const secret = SECRET_PREFIX + this.random.bytes(SECRET_BYTES).toString('base64');
    const sealed: Sealed = { id, secret };
    return { secret, sealedSecret: this.keyring.seal(PURPOSE, JSON.stringify(sealed), this.random) };
  }

  previousUntil(): Date {
    return shift(this.clock.now(), OVERLAP_MS);
  }

  /** Those that sign now, the present one first; nothing when a key that sealed one is not in the ring here. */
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
