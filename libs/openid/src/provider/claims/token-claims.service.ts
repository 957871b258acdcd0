import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, type AcrOfMeans, type ApplicationEntity } from '@portillon/application';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { strongestProof } from '../level.policy';
import { LiveSessionService } from '../live-session.service';
import { applicationOf } from '../oidc-context';

interface Token {
  client?: object | undefined;
  sessionUid?: string;
  sid?: string;
}

/** The additional claims of an access token: the sign-in (RFC 9068, 2.2.1), or the structure of a machine client. */
@Injectable()
export class TokenClaimsService {
  constructor(
    private readonly live: LiveSessionService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  async of(token: Token, ctx: KoaContextWithOIDC): Promise<Record<string, unknown>> {
    const session = token.sessionUid && (await this.live.get(token.sessionUid, ctx));
    if (!session) return structureOf(applicationOf(token.client as never));
    // The proof of the authorization request: a refresh does not renew it (RFC 9068, 2.2.1).
    const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
    const source = AuthorizationCode ?? RefreshToken;
    const { acr, amr, authTime } = source ?? strongestProof(session, this.acrOfMeans);
    return { sid: token.sid, acr, amr, auth_time: authTime };
  }
}

function structureOf({ structureId }: ApplicationEntity): Record<string, unknown> {
  return structureId ? { structure: structureId } : {};
}
