import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, ApplicationEntity, mayOpen, memberOf, type AcrOfMeans } from '@portillon/application';
import type { Session } from '@portillon/session';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { proofsOf } from './level.policy';
import { LiveSessionService } from './live-session.service';
import { reachesLevel, requirementOf } from './requirement.policy';

/**
 * Whether a person may still open an application that they have entered. Asked whenever something that was issued to it
 * is used: a role, a structure or a level that is lost is lost there too.
 */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly live: LiveSessionService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  /** The session of this id; nothing once it has ended, or may not open the application as both stand now. */
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
