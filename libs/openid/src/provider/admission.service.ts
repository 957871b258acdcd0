import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, ApplicationEntity, mayOpen, memberOf, type AcrOfMeans } from '@portillon/application';
import type { Session } from '@portillon/session';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { proofsOf } from './level.policy';
import { LiveSessionService } from './live-session.service';
import { reachesLevel, requirementOf } from './requirement.policy';

/**
 * Decides whether a user may still open an application that they have entered. Checked at each use of a token or code, so
 * that the loss of a role, structure or level takes effect there too.
 */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly live: LiveSessionService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  /** Returns the session with this id; undefined when it has ended, or may no longer open the application. */
  async sessionFor(
    id: string,
    application: ApplicationEntity,
    ctx: KoaContextWithOIDC,
  ): Promise<Session | undefined> {
    const session = await this.live.get(id, ctx);
    if (!session || !mayOpen(application, memberOf(session))) return undefined;
    const requirement = requirementOf({}, application);
    const proofs = proofsOf(session, this.acrOfMeans);
    return proofs.some((proof) => reachesLevel(proof, requirement)) ? session : undefined;
  }
}
