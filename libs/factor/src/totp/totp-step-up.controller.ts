import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AllowsEnrolment,
  AllowsLateCode,
  AccessCookies,
  CurrentSession,
  ApiErrors,
  SessionAnswer,
  sessionView,
} from '@portillon/access';
import { CodeSubmission, typedCode } from '@portillon/auth';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TotpOfferedGuard } from './totp-offered.guard';
import { TotpSignInService } from './totp-sign-in.service';

@ApiTags('The session')
@ApiCookieAuth('session')
@UseGuards(TotpOfferedGuard)
@Controller('api/session/challenge/totp')
export class TotpStepUpController {
  constructor(
    private readonly totp: TotpSignInService,
    private readonly cookies: AccessCookies,
  ) {}

  @Post()
  @HttpCode(200)
  @AllowsLateCode()
  @AllowsEnrolment()
  @ApiOperation({
    summary: 'Confirms my session with the code of my authenticator app',
    description:
      'Replaces a sent code: the session is fresh, and its 24 hours start again. The session gets a new token.',
  })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiErrors({ 401: ['session.required', 'totp.rejected', 'code.exhausted'], 404: ['means.unavailable'] })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'], 503: ['service.busy'] })
  async confirmWithTotp(
    @CurrentSession() session: Session,
    @Body() body: CodeSubmission,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const stepped = await this.totp.confirm(session, typedCode(body), clientOf(request));
    this.cookies.setSession(reply, stepped.sessionToken);
    return { session: sessionView(stepped.session) };
  }
}
