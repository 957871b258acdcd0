import { Injectable } from '@nestjs/common';
import { ApplicationService, resourcesOf } from '@portillon/application';
import type { JWTPayload } from 'jose';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { LiveSessionService } from '../provider/live-session.service';
import { applicationOf, keepStructuredToken, stateOf } from '../provider/oidc-context';
import { SessionClientService } from '../sessions/session-client.service';
import { AccessTokenService, hasAudience } from './access-token.service';

/** The claims that a resource may read of a token for it (RFC 7662, 2.2). */
const STATED = 'iss aud sub client_id scope exp iat jti sid acr amr auth_time structure'.split(' ');

/**
 * Introspects access tokens that are JWTs, for the resource in their audience. The library does not store JWTs and refuses
 * them after the client has authenticated; this service answers instead.
 */
@Injectable()
export class JwtIntrospectionService {
  constructor(
    private readonly tokens: AccessTokenService,
    private readonly sessions: SessionClientService,
    private readonly artifacts: OpenidArtifactService,
    private readonly applications: ApplicationService,
    private readonly live: LiveSessionService,
  ) {}

  follow(provider: Provider): void {
    provider.on('introspection.error', keepStructuredToken);
    provider.use(async (ctx, next) => {
      await next();
      const context = ctx as unknown as KoaContextWithOIDC;
      const token = stateOf(context).structuredToken;
      if (token === undefined) return;
      ctx.status = 200;
      ctx.body = await this.#answer(context, token);
    });
  }

  async #answer(ctx: KoaContextWithOIDC, token: string): Promise<Record<string, unknown>> {
    const claims = await this.tokens.read(token);
    const { kind, id, resources } = applicationOf(ctx.oidc.client!);
    const audiences = resourcesOf(resources).map(({ audience }) => audience);
    const isItsOwn =
      claims?.['client_id'] === id || (kind === 'resource' && claims && hasAudience(claims, audiences));
    if (!claims || !isItsOwn || !(await this.#isLive(claims, ctx))) return { active: false };
    const stated = STATED.flatMap((name) =>
      claims[name] === undefined ? [] : [[name, claims[name]] as const],
    );
    return { active: true, token_type: 'Bearer', ...Object.fromEntries(stated) };
  }

  /**
   * A user's token is live while they may open the application in their session; a machine client's while it is registered.
   */
  async #isLive({ client_id, sid }: JWTPayload, ctx: KoaContextWithOIDC): Promise<boolean> {
    const applicationId = client_id as string;
    const application = await this.applications.get(applicationId);
    if (application?.status !== 'active') return false;
    if (sid === undefined) return application.kind === 'service';
    const entry = await this.sessions.entryOf(sid as string, applicationId);
    if (!entry?.grantId) return false;
    if (!(await this.live.getAdmitted(entry.sessionId, application, ctx))) return false;
    return (await this.artifacts.find('Grant', entry.grantId)) !== undefined;
  }
}
