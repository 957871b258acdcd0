import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessCookies, ApiErrors, sessionView, SignedIn } from '@portillon/access';
import { clientOf, Public } from '@portillon/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LockerKeySubmission } from './locker-key.dto';
import { LockerKeyService } from './locker-key.service';

@ApiTags('Signing in')
@Public()
@Controller('api/sign-in/locker-key')
export class LockerKeySignInController {
  constructor(
    private readonly keys: LockerKeyService,
    private readonly cookies: AccessCookies,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'The key of a locker, for the sign-in in progress',
    description: 'Where `alternatives` has `locker-key`.',
  })
  @ApiOkResponse({ type: SignedIn })
  @ApiErrors({ 401: ['locker-key.rejected', 'code.exhausted', 'sign-in.required'] })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'], 503: ['service.busy'] })
  async signInWithLockerKey(
    @Body() { key }: LockerKeySubmission,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    const place = {
      rememberBrowser: false,
      client: clientOf(request),
      browserCookie: this.cookies.browser(request),
    };
    const { session, sessionToken } = await this.keys.signIn(this.cookies.signIn(request), key, place);
    this.cookies.clearSignIn(reply);
    this.cookies.setSession(reply, sessionToken);
    return { status: 'signed-in', session: sessionView(session) };
  }
}
