import { Inject, Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { ACR_OF_MEANS, type AcrOfMeans } from '@portillon/application';
import type { Session } from '@portillon/session';
import type { Account as OidcAccount, KoaContextWithOIDC } from 'oidc-provider';
import { AdmissionService } from '../admission.service';
import { strongestProof } from '../level.policy';
import { applicationOf, stateOf } from '../oidc-context';
import { claimsOf } from './person-claims';

/** Finds the account of a request or of a token, with the claims that the application may read. */
@Injectable()
export class AccountFinderService {
  constructor(
    private readonly accounts: AccountService,
    private readonly admissions: AdmissionService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  /**
   * Returns undefined when the account is closed, when the token's session has ended, or when the user may no longer open
   * the application.
   */
  async find(ctx: KoaContextWithOIDC, id: string, token?: object): Promise<OidcAccount | undefined> {
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

  async #sessionOf(ctx: KoaContextWithOIDC, token?: object): Promise<Session | undefined> {
    if (!token) return stateOf(ctx).session;
    const { sessionUid } = token as { sessionUid?: string };
    const application = applicationOf(ctx.oidc.client!);
    return sessionUid ? this.admissions.sessionFor(sessionUid, application, ctx) : undefined;
  }
}
