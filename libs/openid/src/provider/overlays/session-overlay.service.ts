import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, type AcrOfMeans } from '@portillon/application';
import type { Session } from '@portillon/session';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { SessionClientService } from '../../sessions/session-client.service';
import { SignOutService } from '../../sign-out/sign-out.service';
import { CodeOverlayService } from './code-overlay.service';
import { strongestProof } from '../level.policy';
import { LiveSessionService } from '../live-session.service';
import { asksToSignOut, modelsOf, SessionModel, stateOf } from '../oidc-context';
import { RequestRegistry } from '../request-registry.service';

/**
 * Replaces the library's session by the session of this service: only our cookie counts. It is built from our session for
 * each request, and a sign-out ends our session (docs/adr/0028).
 */
@Injectable()
export class SessionOverlayService {
  constructor(
    private readonly requests: RequestRegistry,
    private readonly live: LiveSessionService,
    private readonly clients: SessionClientService,
    private readonly signOut: SignOutService,
    private readonly codes: CodeOverlayService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  overlay(provider: Provider): void {
    const { Session } = modelsOf(provider);
    const withoutSession = Session.get.bind(Session);
    Session.get = async (ctx) => {
      const session = await this.live.ofBrowser(this.requests.of(ctx.req));
      if (!session) return withoutSession(ctx);
      const model = await this.#modelOf(session, Session.instantiate(), ctx);
      Object.assign(stateOf(ctx), { session, entered: grantsOf(model) });
      ctx.oidc.entity('Session', model);
      return model;
    };
    this.#overlayDestroy(provider);
    this.codes.overlay(provider);
  }

  async #modelOf(session: Session, model: SessionModel, ctx: KoaContextWithOIDC): Promise<SessionModel> {
    const { id, accountId } = session;
    const { acr, amr, authTime: loginTs } = strongestProof(session, this.acrOfMeans);
    model.uid = id;
    model.loginAccount({ accountId, loginTs, acr, amr, transient: true });
    model.authorizations = await this.clients.authorizationsOf(id);
    const state = asksToSignOut(ctx) && (await this.clients.signOutOf(session));
    if (state) model.state = state;
    return model;
  }

  #overlayDestroy(provider: Provider): void {
    const { prototype } = modelsOf(provider).Session;
    const destroyNobodys = prototype.destroy;
    const { signOut, requests } = this;
    prototype.destroy = async function (this: SessionModel) {
      const ctx = (provider.constructor as typeof Provider).ctx;
      const session = ctx && stateOf(ctx).session;
      if (!session || !ctx) return destroyNobodys.call(this);
      await signOut.end(session, this.state ?? {}, requests.of(ctx.req), ctx);
      this.destroyed = true;
    };
  }
}

/** Copies the grants that existed before the request: the library changes them in place. */
function grantsOf({ authorizations = {} }: SessionModel): ReadonlyMap<string, string | undefined> {
  return new Map(Object.entries(authorizations).map(([id, { grantId }]) => [id, grantId]));
}
