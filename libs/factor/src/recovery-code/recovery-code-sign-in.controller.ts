import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessCookies, ApiErrors, sessionView, SignedIn } from '@portillon/access';
import { clientOf, Public } from '@portillon/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RecoveryCodeOfferedGuard } from './recovery-code-offered.guard';
import { RecoveryCodeSignInService } from './recovery-code-sign-in.service';
import { RecoveryCodeSubmission } from './recovery-code.dto';

@ApiTags('Signing in')
@Public()
@UseGuards(RecoveryCodeOfferedGuard)
@Controller('api/sign-in/recovery-code')
export class RecoveryCodeSignInController {
  constructor(
    private readonly signIn: RecoveryCodeSignInService,
    private readonly cookies: AccessCookies,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Completes the sign-in in progress with a recovery code',
    description:
      'Available when `alternatives` has `recovery-code`. The limits of sent codes apply; each code works once. The session may only add a means (`limitedTo: enrolment`), and the browser is not remembered.',
  })
  @ApiOkResponse({ type: SignedIn })
  @ApiErrors({ 401: ['recovery-code.rejected', 'code.exhausted', 'sign-in.required'] })
  @ApiErrors({ 404: ['means.unavailable'], 422: ['validation.failed'] })
  @ApiErrors({ 429: ['attempts.exceeded'], 503: ['service.busy'] })
  async signInWithRecoveryCode(
    @Body() { code }: RecoveryCodeSubmission,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    const signInToken = this.cookies.signIn(request);
    const opened = await this.signIn.submit({ signInToken, code, client: clientOf(request) });
    this.cookies.clearSignIn(reply);
    this.cookies.setSession(reply, opened.sessionToken);
    return { status: 'signed-in', session: sessionView(opened.session) };
  }
}
