import { Inject, Injectable, Logger } from '@nestjs/common';
import { KeyUsageFlags } from '@peculiar/asn1-x509';
import { Clock, Random } from '@portillon/kernel';
import { Authorities, isOfPersons, isOfTests, nameOf } from './authorities';
import { isNominative } from './card-reader';
import { CardRefusal } from './card-refusal.types';
import { Card } from './card.types';
import { Certificate } from './certificate';
import { CPX_OPTIONS } from './cpx.options';
import type { CpxOptions } from './cpx.options';
import { allows, CLIENT_AUTH, hasUnknownCritical, isAuthority, isFor } from './extensions';
import { OcspClient } from './ocsp-client';
import { ReadCards } from './read-cards';
import { RevocationLists, RevocationStatus } from './revocation-lists';
import { isStrong } from './signature-algorithm';

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
  readonly #lists: RevocationLists | undefined;
  readonly #ocsp: OcspClient | undefined;
  readonly #read = new ReadCards();

  /** @throws Error when the bundle of authorities cannot serve. */
  constructor(
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
    private readonly clock: Clock,
    random: Random,
  ) {
    if (!options.enabled) return;
    const logger = new Logger('CardVerifier');
    const warn = (message: string) => logger.warn(message);
    this.#authorities = Authorities.parse(options.trustBundle);
    if (options.revocationListFiles.length > 0)
      this.#lists = new RevocationLists(options.revocationListFiles, warn);
    if (options.ocspUrl) this.#ocsp = new OcspClient(options.ocspUrl, clock, random, warn);
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
    const lists = this.#lists;
    if (!lists || !this.#authorities) return [];
    const now = this.clock.now();
    return Promise.all(
      this.#authorities.ofPersons.map(async (one) => ({
        authority: nameOf(one),
        goodUntil: (await lists.goodUntil(one, now)) ?? null,
      })),
    );
  }

  async #verify(der: Buffer): Promise<CardVerdict> {
    const read = this.#read.of(der);
    if (!read || !this.#authorities) return { status: 'rejected', reason: 'malformed' };
    const { certificate } = read;
    const chain = this.#authorities.chainOf(certificate);
    if (!chain) return { status: 'rejected', reason: 'unknown-authority' };
    const card = this.#read.cardOf(read);
    const unfit = this.#chainRefusal(certificate, chain) ?? usageRefusal(certificate);
    if (typeof card === 'string') return { status: 'rejected', reason: unfit ?? card };
    const reason =
      unfit ?? this.#cardRefusal(card, chain) ?? (await this.#revocationRefusal(certificate, chain));
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

  /** Every source that was configured must say that the card is good; silence is a refusal. */
  async #revocationRefusal(certificate: Certificate, chain: Certificate[]): Promise<CardRefusal | undefined> {
    const said = await this.#said(certificate, chain);
    if (said.includes('revoked')) return 'revoked';
    return said.length > 0 && said.every((one) => one === 'good') ? undefined : 'revocation-unknown';
  }

  async #said(certificate: Certificate, [issuer, ...above]: Certificate[]): Promise<RevocationStatus[]> {
    const said: RevocationStatus[] = [];
    if (this.#lists) said.push(await this.#lists.status(certificate, issuer!, this.clock.now()));
    if (this.#lists && above[0] && (await this.#lists.covers(above[0])))
      said.push(await this.#lists.status(issuer!, above[0], this.clock.now()));
    if (this.#ocsp && !said.includes('revoked')) said.push(await this.#ocsp.status(certificate, issuer!));
    return said;
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
