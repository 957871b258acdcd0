import { Inject, Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { ACR_OF_MEANS, type AcrOfMeans, type ApplicationEntity } from '@portillon/application';
import type { Session } from '@portillon/session';
import type { Account as OidcAccount, KoaContextWithOIDC } from 'oidc-provider';
import { LiveSessionService } from '../live-session.service';
import { strongestProof } from '../level.policy';
import { applicationOf, stateOf } from '../oidc-context';
import { claimsOf } from './person-claims';

interface Token {
  client?: object | undefined;
  sessionUid?: string;
  sid?: string;
}

/** The account of a request or of a token, with the claims that the application may read. */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly accounts: AccountService,
    private readonly live: LiveSessionService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  /**
   * Returns undefined when the account is closed, when the token's session has ended, or when the user may no longer open
   * the application.
   */
  async findAccount(ctx: KoaContextWithOIDC, id: string, token?: object): Promise<OidcAccount | undefined> {
    const session = await this.#sessionOf(ctx, token);
    if (session?.accountId !== id) return undefined;
    const account = await this.accounts.profile(id);
    if (account?.status !== 'ACTIVE') return undefined;
    const level = strongestProof(session, this.acrOfMeans);
    const application = applicationOf(ctx.oidc.client!);
    const claims = (_use: string, scope: string, named: object) =>
      claimsOf(account, session, level, { application, scope, named }) as { sub: string };
    return { accountId: id, claims };
  }

  /** The additional claims of an access token: the sign-in (RFC 9068, 2.2.1), or the structure of a machine client. */
  async ofToken(token: Token, ctx: KoaContextWithOIDC): Promise<Record<string, unknown>> {
    const session = token.sessionUid && (await this.live.get(token.sessionUid, ctx));
    if (!session) return structureOf(applicationOf(token.client as never));
    // The proof of the authorization request: a refresh does not renew it (RFC 9068, 2.2.1).
    const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
    const source = AuthorizationCode ?? RefreshToken;
    const { acr, amr, authTime } = source ?? strongestProof(session, this.acrOfMeans);
    return { sid: token.sid, acr, amr, auth_time: authTime };
  }

  async #sessionOf(ctx: KoaContextWithOIDC, token?: object): Promise<Session | undefined> {
    if (!token) return stateOf(ctx).session;
    const { sessionUid } = token as { sessionUid?: string };
    const application = applicationOf(ctx.oidc.client!);
    return sessionUid ? this.live.getAdmitted(sessionUid, application, ctx) : undefined;
  }
}

function structureOf({ structureId }: ApplicationEntity): Record<string, unknown> {
  return structureId ? { structure: structureId } : {};
}
