import { Client, clientOf } from '@portillon/http';
import { SystemClock, SystemRandom } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import { ApplicationCertificateService } from '../application-certificate.service';
import { CardVerifierService } from '../card-verifier.service';
import type { Card, CardRefusal } from '../card.types';
import { TrustedAuthoritiesService } from '../certificate/authorities';
import type { CpxOptions } from '../cpx.options';
import { RevocationListService } from '../revocation/revocation-list.service';
import { RevocationService } from '../revocation/revocation.service';
import { TestAuthority } from './test-authority';

/** A throw-away authority, and a verifier that trusts it. */
export class CardFixture {
  readonly authority = new TestAuthority();
  readonly clock = new SettableClock();

  /** The time of the machine again: that of the certificates. */
  resetClock(): void {
    this.clock.set(new SystemClock().now());
  }

  verifier(changes: Partial<CpxOptions> = {}): CardVerifierService {
    const { options, authorities, lists, revocation } = this.#parts(changes);
    return new CardVerifierService(authorities, revocation, lists, this.clock, options);
  }

  /** What reads the certificates of applications, presented by the proxy of `changes`. */
  applicationCertificates(changes: Partial<CpxOptions> = {}): ApplicationCertificateService {
    const { options, authorities, revocation } = this.#parts(changes);
    return new ApplicationCertificateService(authorities, revocation, this.clock, options);
  }

  #parts(changes: Partial<CpxOptions>) {
    const options: CpxOptions = {
      enabled: true,
      publicUrl: 'https://portillon.test',
      cardUrl: null,
      applicationPaths: [],
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
    const revocation = new RevocationService(lists, this.clock, new SystemRandom(this.clock), options);
    return { options, authorities: new TrustedAuthoritiesService(options), lists, revocation };
  }

  /** The card, or why it is refused. */
  async outcome(card: string, changes: Partial<CpxOptions> = {}): Promise<Card | CardRefusal> {
    const verdict = await this.verifier(changes).verify(this.authority.der(card));
    return verdict.status === 'accepted' ? verdict.card : verdict.reason;
  }
}

/** A request that presents a card, with the fields that a use case reads. */
export const REQUEST = { ip: '192.0.2.1', id: 'r1', headers: { 'user-agent': 'Firefox' } } as FastifyRequest;

export const CLIENT: Client = clientOf(REQUEST);

export const CARD: Card = {
  nationalId: '899700366240',
  surname: 'MARTIN',
  givenName: 'CLAIRE',
  title: 'Médecin',
  cardType: 'CPS',
  cardSerial: '8025000001/2600366240',
  structure: null,
  test: false,
};
