import { SystemClock, SystemRandom } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { CardRefusal } from '../card-refusal.types';
import { CardVerifierService } from '../card-verifier.service';
import type { Card } from '../card.types';
import type { CpxOptions } from '../cpx.options';
import { OcspService } from '../revocation/ocsp.service';
import { RevocationListService } from '../revocation/revocation-list.service';
import { RevocationService } from '../revocation/revocation.service';
import { TestAuthority } from './test-authority';

/** A throw-away authority, and a verifier that trusts it. */
export class CardBench {
  readonly authority = new TestAuthority();
  readonly clock = new SettableClock();

  /** The time of the machine again: that of the certificates. */
  resetClock(): void {
    this.clock.set(new SystemClock().now());
  }

  verifier(changes: Partial<CpxOptions> = {}): CardVerifierService {
    const options: CpxOptions = {
      enabled: true,
      publicUrl: 'https://portillon.test',
      cardUrl: null,
      trustBundle: this.authority.text('trust.pem'),
      revocationListFiles: [this.authority.path('authorities/persons.crl')],
      ocspUrl: null,
      allowTestCards: true,
      allowServiceCards: false,
      proxySecret: null,
      trustedProxies: [],
      ...changes,
    };
    const lists = new RevocationListService(options, this.clock);
    const ocsp = new OcspService(options, this.clock, new SystemRandom(this.clock));
    return new CardVerifierService(new RevocationService(lists, ocsp), lists, this.clock, options);
  }

  /** The card, or why it is refused. */
  async outcome(card: string, changes: Partial<CpxOptions> = {}): Promise<Card | CardRefusal> {
    const verdict = await this.verifier(changes).verify(this.authority.der(card));
    return verdict.status === 'accepted' ? verdict.card : verdict.reason;
  }
}
