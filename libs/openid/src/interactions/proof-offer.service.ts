import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, type AcrOfMeans } from '@portillon/application';
import { ConfirmingWaysService, FactorWay } from '@portillon/access';
import type { CodeWay, Session } from '@portillon/session';
import { Level, levelOfCode, levelsOfMeans, PROVING_MEANS, ProvingMeans } from '../provider/level.policy';
import { LiveSessionService } from '../provider/live-session.service';
import { reachesLevel, Requirement } from '../provider/requirement.policy';

/** By what a person may prove what an application asks for. */
export interface ProofOffer {
  means: ProvingMeans[];
  /** The ways of a code that the person has. */
  codes: OfferedCode[];
}

/** A recovery code confirms nothing: it opens a session, and no application. */
export const OFFERED_CODES = ['EMAIL', 'SMS', 'totp'] as const;
export type OfferedCode = (typeof OFFERED_CODES)[number];

const CODE_WAYS: Record<OfferedCode, CodeWay> = { EMAIL: 'mail', SMS: 'sms', totp: 'otp' };

/** What a page offers to who must prove more to an application: nothing that would lead back to the same page. */
@Injectable()
export class ProofOfferService {
  constructor(
    private readonly confirming: ConfirmingWaysService,
    private readonly live: LiveSessionService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  async of(session: Session, requirement: Requirement): Promise<ProofOffer> {
    const isEnough = (level: Level) => reachesLevel(level, requirement);
    const ways = (await this.confirming.of(session.accountId)).filter(isOffered);
    return {
      means: this.#meansOf(session).filter((one) => levelsOfMeans(one, this.acrOfMeans).some(isEnough)),
      codes: ways.filter((way) => isEnough(levelOfCode(session, CODE_WAYS[way], this.acrOfMeans))),
    };
  }

  /** A passkey renews no code: after 24 hours one is asked for. */
  #meansOf(session: Session): ProvingMeans[] {
    return PROVING_MEANS.filter((means) => means !== 'passkey' || !this.live.codeIsLate(session));
  }
}

function isOffered(way: FactorWay): way is OfferedCode {
  return (OFFERED_CODES as readonly FactorWay[]).includes(way);
}
