import { Injectable } from '@nestjs/common';
import { AccountCountsService, CardlessPerson } from '@portillon/account';
import type { StructureCount } from '@portillon/account';
import type { Structure, StructurePolicy } from '@portillon/structure';
import type { Scope } from '../rights/rights.policy';
import { AcceptedMeans, AuthenticatorService } from '@portillon/authenticator';
import type { EntityManager } from 'typeorm';

/** How many are in the way of strong means. */
export interface StrongMeansCount {
  /** How many are active. */
  people: number;
  /** Users without a card or e-CPS. */
  withoutCard: number;
  /** Users who also have no accepted passkey or app: they depend on password and code. */
  withoutStrongMeans: number;
  /** Of the last, who gets codes by SMS. */
  sms: number;
}

/** Who they are: the first of them by name. */
export interface StrongMeansPeople extends StrongMeansCount {
  firstWithoutCard: CardlessPerson[];
  firstWithoutStrongMeans: CardlessPerson[];
}

/** A page shows no more names; the list of accounts has them all. */
const MOST_NAMES = 100;

/** Users who need password and code to sign in, of some structures, or of all with null. */
@Injectable()
export class StrongMeansPeopleService {
  constructor(
    private readonly cardless: AccountCountsService,
    private readonly authenticators: AuthenticatorService,
  ) {}

  async count(
    structureIds: Scope['structureIds'],
    accepted: AcceptedMeans,
    tx?: EntityManager,
  ): Promise<StrongMeansCount> {
    const holders = this.authenticators.holdersQueries(accepted);
    const [people, withoutCard, held] = await Promise.all([
      this.cardless.countActive(structureIds, tx),
      this.cardless.countCardless(structureIds, tx),
      this.cardless.countCardlessAmong(structureIds, holders, tx),
    ]);
    return {
      people,
      withoutCard: withoutCard.count,
      withoutStrongMeans: withoutCard.count - held.count,
      sms: withoutCard.sms - held.sms,
    };
  }

  /** Counts by structure, with one statement for those that accept the same means. Omits structures without people. */
  async countAll(structures: readonly Structure[]): Promise<StructureCount[]> {
    const alike = new Map<string, Structure[]>();
    for (const structure of structures) {
      const key = JSON.stringify(acceptedBy(structure.policy));
      alike.set(key, [...(alike.get(key) ?? []), structure]);
    }
    const counted = await Promise.all([...alike.values()].map((some) => this.#countAlike(some)));
    return counted.flat();
  }

  async of(structureId: string, accepted: AcceptedMeans): Promise<StrongMeansPeople> {
    const holders = this.authenticators.holdersQueries(accepted);
    return {
      ...(await this.count([structureId], accepted)),
      firstWithoutCard: await this.cardless.findCardlessExcept([structureId], [], MOST_NAMES),
      firstWithoutStrongMeans: await this.cardless.findCardlessExcept([structureId], holders, MOST_NAMES),
    };
  }

  #countAlike(structures: readonly Structure[]): Promise<StructureCount[]> {
    const holders = this.authenticators.holdersQueries(acceptedBy(structures[0]!.policy));
    return this.cardless.countByStructure(
      structures.map(({ id }) => id),
      holders,
    );
  }
}

/** The means that a structure accepts instead of codes by mail and SMS. */
function acceptedBy({ passkeyKind, passkeyIdentity, totpIsStrong }: StructurePolicy): AcceptedMeans {
  return { kind: passkeyKind, identity: passkeyIdentity, totp: totpIsStrong };
}
