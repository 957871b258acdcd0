import { Inject, Injectable } from '@nestjs/common';
import { KeyUsageFlags } from '@peculiar/asn1-x509';
import { Clock } from '@portillon/kernel';
import { Authorities, isOfPersons, isOfTests, nameOf } from './certificate/authorities';
import { isNominative, readCard } from './certificate/card-reader';
import { CardRefusal } from './card-refusal.types';
import { Card } from './card.types';
import { Certificate, readCertificate } from './certificate/certificate';
import { CPX_OPTIONS } from './cpx.options';
import type { CpxOptions } from './cpx.options';
import { allows, CLIENT_AUTH, hasUnknownCritical, isAuthority, isFor } from './certificate/extensions';
import { RevocationListService } from './revocation/revocation-list.service';
import { RevocationService } from './revocation/revocation.service';
import { isStrong } from './certificate/signature-algorithm';

export type CardVerdict =
  | { status: 'accepted'; card: Card }
  /** `card`: what the certificate claims, once its authority is known; for the journal alone. */
  | { status: 'rejected'; reason: CardRefusal; card?: Card };

/** How the lists of an authority of cards stand: null when none is current, so that all its cards are refused. */
export interface ListState {
  authority: string;
  goodUntil: Date | null;
}

/** Verifies a card's certificate, whoever said that it was verified already. */
@Injectable()
export class CardVerifierService {
  #authorities: Authorities | undefined;

  /** @throws Error when the bundle of authorities cannot serve. */
  constructor(
    private readonly revocation: RevocationService,
    private readonly lists: RevocationListService,
    private readonly clock: Clock,
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
  ) {
    if (options.enabled) this.#authorities = Authorities.parse(options.trustBundle);
  }

  /** Takes another bundle of authorities into use. @throws Error when it cannot serve: the one before stays. */
  renewAuthorities(bundle: string): void {
    if (this.#authorities) this.#authorities = Authorities.parse(bundle);
  }

  /** Every check, cheapest first; the first that fails decides. */
  async verify(der: Buffer): Promise<CardVerdict> {
    try {
      return await this.#verify(der);
    } catch {
      // An extension that cannot be parsed where a reader expects it.
      return { status: 'rejected', reason: 'malformed' };
    }
  }

  /** For who operates: one of each authority of cards; none where lists are not used. */
  async listStates(): Promise<ListState[]> {
    if (!this.lists.used || !this.#authorities) return [];
    return Promise.all(
      this.#authorities.ofPersons.map(async (one) => ({
        authority: nameOf(one),
        goodUntil: (await this.lists.goodUntil(one)) ?? null,
      })),
    );
  }

  async #verify(der: Buffer): Promise<CardVerdict> {
    const certificate = readCertificate(der);
    if (!certificate || !this.#authorities) return { status: 'rejected', reason: 'malformed' };
    const chain = this.#authorities.chainOf(certificate);
    if (!chain) return { status: 'rejected', reason: 'unknown-authority' };
    const card = readCard(certificate);
    const unfit = this.#chainRefusal(certificate, chain) ?? usageRefusal(certificate);
    if (typeof card === 'string') return { status: 'rejected', reason: unfit ?? card };
    const reason =
      unfit ?? this.#cardRefusal(card, chain) ?? (await this.revocation.refusal(certificate, chain));
    return reason ? { status: 'rejected', reason, card } : { status: 'accepted', card };
  }

  #chainRefusal(certificate: Certificate, chain: Certificate[]): CardRefusal | undefined {
    const now = this.clock.now();
    if (!isOfPersons(chain[0]!)) return 'not-a-person-authority';
    if ([certificate, ...chain].some((one) => now < one.notBefore)) return 'not-yet-valid';
    if ([certificate, ...chain].some((one) => now > one.notAfter)) return 'expired';
    return undefined;
  }

  #cardRefusal(card: Card, chain: Certificate[]): CardRefusal | undefined {
    const test = card.test || chain.some(isOfTests);
    if (test && !this.options.allowTestCards) return 'test-card';
    if (!isNominative(card) && !this.options.allowServiceCards) return 'not-nominative';
    return undefined;
  }
}

function usageRefusal(certificate: Certificate): CardRefusal | undefined {
  if (hasUnknownCritical(certificate)) return 'unknown-critical-extension';
  if (!isStrong(certificate.structure.signatureAlgorithm.algorithm, certificate.publicKey))
    return 'weak-algorithm';
  const authenticates =
    allows(certificate, KeyUsageFlags.digitalSignature) && isFor(certificate, CLIENT_AUTH);
  return authenticates && !isAuthority(certificate, 0) ? undefined : 'not-for-authentication';
}
