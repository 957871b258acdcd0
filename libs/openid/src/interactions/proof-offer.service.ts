import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, type AcrOfMeans } from '@portillon/application';
import { ConfirmingFactorsService, FactorRegistry } from '@portillon/access';
import type { Factor } from '@portillon/access';
import type { Session } from '@portillon/session';
import { Level, levelOfFactor, levelsOfMeans, PROVING_MEANS, ProvingMeans } from '../provider/level.policy';
import { LiveSessionService } from '../provider/live-session.service';
import { reachesLevel, Requirement } from '../provider/requirement.policy';

/** The proofs that an application accepts from a user. */
export interface ProofOffer {
  means: ProvingMeans[];
  /** The factors that the user has. */
  codes: Factor[];
}

/** The proofs that a page offers to a user who must prove more. Omits those that lead back to the same page. */
@Injectable()
export class ProofOfferService {
  constructor(
    private readonly confirming: ConfirmingFactorsService,
    private readonly factors: FactorRegistry,
    private readonly live: LiveSessionService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  async of(session: Session, requirement: Requirement): Promise<ProofOffer> {
    const isEnough = (level: Level) => reachesLevel(level, requirement);
    const factors = await this.confirming.of(session.accountId);
    return {
      means: this.#meansOf(session).filter((one) => levelsOfMeans(one, this.acrOfMeans).some(isEnough)),
      codes: factors.filter((factor) => {
        const proof = this.factors.proofOf(factor);
        // A last resort confirms nothing: it opens a session, and no application.
        return proof !== null && isEnough(levelOfFactor(session, proof, this.acrOfMeans));
      }),
    };
  }

  /** A passkey does not renew a code: after 24 hours a code is required. */
  #meansOf(session: Session): ProvingMeans[] {
    return PROVING_MEANS.filter((means) => means !== 'passkey' || !this.live.codeIsLate(session));
  }
}
