import { BadRequestException, Body, Controller, Header, HttpCode, Post, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { JWTPayload } from 'jose';
import type { PortillonGuardOptions } from './portillon-guard.options';
import { Public } from './guard.decorators';
import { TokenVerifierService } from './token-verifier.service';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Creates a controller that receives logout tokens at `path` (OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8). */
export function backChannelLogoutController({
  path,
  handler,
}: NonNullable<PortillonGuardOptions['backChannelLogout']>): Type {
  @Controller(path)
  class BackChannelLogoutController {
    constructor(
      private readonly verifier: TokenVerifierService,
      private readonly modules: ModuleRef,
    ) {}

    @Post()
    @Public()
    @HttpCode(200)
    @Header('Cache-Control', 'no-store')
    async loggedOut(@Body() body: { logout_token?: unknown } | undefined): Promise<void> {
      const token = body?.logout_token;
      const claims = typeof token === 'string' ? await this.verifier.logout(token) : undefined;
      if (!claims || !isLogout(claims)) throw new BadRequestException({ error: 'invalid_request' });
      await this.modules
        .get(handler, { strict: false })
        .loggedOut({ personId: claims.sub ?? null, sessionId: sessionOf(claims) });
    }
  }
  return BackChannelLogoutController;
}

/** With a nonce it could be an ID token. */
function isLogout(claims: JWTPayload): boolean {
  const events = claims['events'];
  const names = typeof events === 'object' && events !== null && EVENT in events;
  return names && claims['nonce'] === undefined && (claims.sub !== undefined || sessionOf(claims) !== null);
}

function sessionOf({ sid }: JWTPayload): string | null {
  return typeof sid === 'string' ? sid : null;
}
