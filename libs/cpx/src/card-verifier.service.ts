import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { isOfPersons, isOfTests, nameOf, TrustedAuthoritiesService } from './certificate/authorities';
import { isNominative, readCard } from './certificate/card-reader';
import { Card, CardRefusal } from './card.types';
import { Certificate, readCertificate } from './certificate/certificate';
import { CPX_OPTIONS, type CpxOptions } from './cpx.options';
import { dateRefusal, usageRefusal } from './certificate/extensions';
import { RevocationListService } from './revocation/revocation-list.service';
import { RevocationService } from './revocation/revocation.service';

export type CardVerdict =
  | { status: 'accepted'; card: Card }
  /** `card`: the claims of the certificate, once its authority is known; for the journal only. */
  | { status: 'rejected'; reason: CardRefusal; card?: Card };

/** The state of the lists of a card authority: null when none is current, so that all its cards are refused. */
export interface ListState {
  authority: string;
  issuedAt: Date | null;
  goodUntil: Date | null;
}

/** Verifies a card's certificate, even where a proxy claims to have done so. */
@Injectable()
export class CardVerifierService {
  constructor(
    private readonly authorities: TrustedAuthoritiesService,
    private readonly revocation: RevocationService,
    private readonly lists: RevocationListService,
    private readonly clock: Clock,
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
  ) {}

  /** Every check, cheapest first; the first that fails decides. */
  async verify(der: Buffer): Promise<CardVerdict> {
    try {
      return await this.#verify(der);
    } catch {
      // An extension that cannot be parsed where a reader expects it.
      return { status: 'rejected', reason: 'malformed' };
    }
  }

  /** The state of the list of each card authority, for operators; empty where lists are not used. */
  async listStates(): Promise<ListState[]> {
    const authorities = this.authorities.current;
    if (!this.lists.used || !authorities) return [];
    return Promise.all(
      authorities.ofPersons.map(async (one) => {
        const list = await this.lists.longest(one);
        const dates = { issuedAt: list?.thisUpdate ?? null, goodUntil: list?.nextUpdate ?? null };
        return { authority: nameOf(one), ...dates };
      }),
    );
  }

  async #verify(der: Buffer): Promise<CardVerdict> {
    const certificate = readCertificate(der);
    const authorities = this.authorities.current;
    if (!certificate || !authorities) return { status: 'rejected', reason: 'malformed' };
    const chain = authorities.chainOf(certificate);
    if (!chain) return { status: 'rejected', reason: 'unknown-authority' };
    const card = readCard(certificate);
    const unfit = this.#chainRefusal(certificate, chain) ?? usageRefusal(certificate);
    if (typeof card === 'string') return { status: 'rejected', reason: unfit ?? card };
    const reason =
      unfit ?? this.#cardRefusal(card, chain) ?? (await this.revocation.refusal(certificate, chain));
    return reason ? { status: 'rejected', reason, card } : { status: 'accepted', card };
  }

  #chainRefusal(certificate: Certificate, chain: Certificate[]): CardRefusal | undefined {
    if (!isOfPersons(chain[0]!)) return 'not-a-person-authority';
    return dateRefusal(certificate, chain, this.clock.now());
  }

  #cardRefusal(card: Card, chain: Certificate[]): CardRefusal | undefined {
    const test = card.test || chain.some(isOfTests);
    if (test && !this.options.allowTestCards) return 'test-card';
    if (!isNominative(card) && !this.options.allowServiceCards) return 'not-nominative';
    return undefined;
  }
}
