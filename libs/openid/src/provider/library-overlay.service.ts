import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, type AcrOfMeans, ApplicationSecretService } from '@portillon/application';
import { Clock, epochSeconds } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type Provider from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import { SessionClientService } from '../sessions/session-client.service';
import { SignOutService } from '../sign-out/sign-out.service';
import { strongestProof } from './level.policy';
import { LiveSessionService } from './live-session.service';
import {
  applicationOf,
  asksToSignOut,
  CodeModel,
  modelsOf,
  type OidcProviderModule,
  SessionModel,
  stateOf,
} from './oidc-context';
import { RequestRegistry } from './request-registry.service';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { joinGrant } from './grants';
import { claimableBy } from './provider.constants';
import {
  gateScope,
  grantable,
  grantedClaims,
  grantedScope,
  leftOut,
  RequestParameters,
  tooLong,
} from './request.policy';

type Asked = RequestParameters & { scope?: string | undefined; claims?: string | undefined };

/**
 * What of `oidc-provider` we replace, and why. Its session becomes the session of this service, for each request, and a
 * sign-out ends ours (docs/adr/0028). An entry to an application is recorded before its code is written: the library writes it
 * last, so that of several tabs each would void the tokens of the one before. Clients compare digests, and requests are
 * limited before they are judged.
 */
@Injectable()
export class LibraryOverlayService {
  constructor(
    private readonly requests: RequestRegistry,
    private readonly live: LiveSessionService,
    private readonly clients: SessionClientService,
    private readonly signOut: SignOutService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
    private readonly secrets: ApplicationSecretService,
    private readonly artifacts: OpenidArtifactService,
    private readonly clock: Clock,
  ) {}

  overlay(provider: Provider, oidc: OidcProviderModule): void {
    this.overlaySessions(provider);
    this.overlayCodes(provider);
    this.overlayClients(provider);
    overlayRequests(provider, oidc);
  }

  overlaySessions(provider: Provider): void {
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

  overlayClients(provider: Provider): void {
    const { secrets } = this;
    const { Client, ReplayDetection } = modelsOf(provider);
    // The library compares plain secrets; we store digests.
    Client.prototype.compareClientSecret = function (secret) {
      return secrets.matches(applicationOf(this).secrets, secret);
    };
    // Every ID token names its session, even when the application has no logout address.
    Client.prototype.includeSid = () => true;
    // The library tries once, in the request, and for one of many causes. We write deliveries wherever a session ends.
    Client.prototype.backchannelLogout = async () => undefined;
    // The library reads, then writes: two requests with the same assertion would both pass.
    ReplayDetection.unique = (iss, jti, exp) => this.#isFirst(iss, jti, exp);
  }

  #isFirst(iss: string, jti: string, exp: number): Promise<boolean> {
    const seconds = Math.max(1, exp - epochSeconds(this.clock.now()));
    return this.artifacts.add('ReplayDetection', `${iss} ${jti}`, {}, seconds);
  }

  overlayCodes(provider: Provider): void {
    const { prototype } = modelsOf(provider).AuthorizationCode;
    const { save } = prototype;
    const bind = (code: CodeModel) => this.#bindCode((provider.constructor as typeof Provider).ctx!, code);
    prototype.save = async function (this: CodeModel) {
      await bind(this);
      return save.call(this);
    };
  }

  async #bindCode(ctx: KoaContextWithOIDC, code: CodeModel): Promise<void> {
    const { accountId, clientId: applicationId, sid, grantId: own } = code;
    const entering = { sessionId: stateOf(ctx).session!.id, applicationId, accountId, sid, grantId: own };
    const entry = await this.clients.enter(entering, stateOf(ctx).entered?.get(applicationId));
    if (entry.grantId !== own) await joinGrant(ctx, entry.grantId!);
    Object.assign(code, { sid: entry.sid, grantId: entry.grantId });
    stateOf(ctx).isFirstEntry = entry.isFirst;
  }
}

/** Copies the grants that existed before the request: the library changes them in place. */
function grantsOf({ authorizations = {} }: SessionModel): ReadonlyMap<string, string | undefined> {
  return new Map(Object.entries(authorizations).map(([id, { grantId }]) => [id, grantId]));
}

/**
 * Limits a request before the library judges or stores it. The library first checks the response type, for browser and
 * pushed requests alike, so this check reduces the scopes and claims. At the token endpoint, the grant type check does the
 * same.
 */
function overlayRequests(provider: Provider, { default: library, errors }: OidcProviderModule): void {
  const { prototype } = modelsOf(provider).Client;
  const { responseTypeAllowed, grantTypeAllowed } = prototype;
  prototype.responseTypeAllowed = function (type) {
    const params = library.ctx!.oidc.params as Asked;
    const fault = tooLong(params);
    // A redirect to the application would be too long as well.
    if (fault) throw Object.assign(new errors.InvalidRequest(fault), { allow_redirect: false });
    const application = applicationOf(this);
    const { scopes } = application;
    const isGate = application.kind === 'gate';
    const asked = isGate ? gateScope(application) : params.scope;
    params.scope = isGate ? asked : grantedScope(asked, grantable(application, params['resource'] ?? []));
    // The permission to refresh grants `offline_access`.
    const renewed = grantTypeAllowed.call(this, 'refresh_token') ? ' offline_access' : '';
    stateOf(library.ctx!).leftOut = leftOut(asked, `${params.scope}${renewed}`, application);
    params.claims = grantedClaims(params.claims, claimableBy(scopes));
    return responseTypeAllowed.call(this, type);
  };
  prototype.grantTypeAllowed = function (type) {
    const { route, params } = library.ctx!.oidc as { route: string; params: Asked };
    // Clients refresh with the scope of their sign-in.
    if (route === 'token' && type === 'refresh_token')
      params.scope = grantedScope(params.scope, grantable(applicationOf(this), params['resource']));
    return grantTypeAllowed.call(this, type);
  };
  provider.on('authorization.error', answerAsAsked);
  provider.on('grant.success', omitEmptyScope);
}

/** A request object is refused unread, except for its response mode, which the refusal follows. */
function answerAsAsked({ oidc }: KoaContextWithOIDC, { error }: errors.OIDCProviderError): void {
  const params = oidc.params as { request?: string; response_mode?: string | undefined };
  if (error === 'request_not_supported') params.response_mode ??= responseModeIn(params.request!);
}

function responseModeIn(requestObject: string): string | undefined {
  try {
    const payload = Buffer.from(requestObject.split('.')[1]!, 'base64url').toString();
    return (JSON.parse(payload) as { response_mode?: string }).response_mode;
  } catch {
    return undefined;
  }
}

/** A scope has at least one word (RFC 6749, 3.3). A token for an API without scopes has none, so the field is omitted. */
function omitEmptyScope({ body }: KoaContextWithOIDC): void {
  const answer = body as { scope?: string };
  if (answer.scope === '') delete answer.scope;
}
