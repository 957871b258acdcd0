import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS } from '@portillon/application';
import type { AcrOfMeans, ApplicationEntity } from '@portillon/application';
import { epochSeconds } from '@portillon/kernel';
import { levelOf } from './level.policy';
import { LiveSessionService } from './live-session.service';
import { applicationOf } from './oidc-context';

interface Token {
  client?: object | undefined;
  sessionUid?: string;
  sid?: string;
}

/**
 * What an access token says beside the protocol's own claims: how its person signed in (RFC 9068, 2.2.1), or which
 * structure a machine is of.
 */
@Injectable()
export class TokenClaimsService {
  constructor(
    private readonly live: LiveSessionService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  async of(token: Token): Promise<Record<string, unknown>> {
    const session = token.sessionUid && (await this.live.get(token.sessionUid));
    if (!session) return structureOf(applicationOf(token.client as never));
    const auth_time = epochSeconds(session.authenticatedAt);
    return { sid: token.sid, auth_time, ...levelOf(session, this.acrOfMeans) };
  }
}

function structureOf({ structureId }: ApplicationEntity): Record<string, unknown> {
  return structureId ? { structure: structureId } : {};
}
