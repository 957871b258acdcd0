import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessCookies, ApiErrors, sessionView, SignedIn } from '@portillon/access';
import { SignInCodeSubmission, typedCode } from '@portillon/auth';
import { clientOf, Public } from '@portillon/http';
import { TrustedDeviceService } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TotpOfferedGuard } from './totp-offered.guard';
import { TotpSignInService } from './totp-sign-in.service';

@ApiTags('Signing in')
@Public()
@UseGuards(TotpOfferedGuard)
@Controller('api/sign-in/totp')
export class TotpSignInController {
  constructor(
    private readonly signIn: TotpSignInService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly cookies: AccessCookies,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Completes the sign-in in progress with the code of an authenticator app',
    description:
      'Available when `alternatives` has `totp`. The limits of sent codes apply; no code is accepted twice. The browser is remembered for 24 hours unless `rememberBrowser` is false.',
  })
  @ApiOkResponse({ type: SignedIn })
  @ApiErrors({ 401: ['totp.rejected', 'code.exhausted', 'sign-in.required'], 404: ['means.unavailable'] })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'], 503: ['service.busy'] })
  async signInWithTotp(
    @Body() body: SignInCodeSubmission,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    const browserCookie = this.cookies.browser(request);
    const { session, sessionToken, browserToken } = await this.signIn.submit({
      signInToken: this.cookies.signIn(request),
      code: typedCode(body),
      rememberBrowser: body.rememberBrowser ?? true,
      client: clientOf(request),
      browserCookie,
    });
    if (browserToken)
      this.cookies.setBrowser(reply, this.trustedDevices.writeCookie(browserCookie, browserToken));
    this.cookies.clearSignIn(reply);
    this.cookies.setSession(reply, sessionToken);
    return { status: 'signed-in', session: sessionView(session) };
  }
}
