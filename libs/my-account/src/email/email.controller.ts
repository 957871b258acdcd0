import { Body, Controller, HttpCode, Post, Put, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChallengeAnswer, challengeView, CodeSubmission, typedCode } from '@portillon/auth';
import { CurrentSession, ApiErrors, RequiresStepUp } from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { OwnAccount, accountView, EmailUpdate } from '../account.dto';
import { OwnEmailService } from './own-email.service';
import { OwnAccountService } from '../own-account.service';

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/email')
export class EmailController {
  constructor(
    private readonly own: OwnAccountService,
    private readonly email: OwnEmailService,
  ) {}

  @Put()
  @HttpCode(202)
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Sends a code to my new mail address',
    description:
      'Nothing changes before the code is given. Requires two factors given in the last minutes, or a card, Pro Santé Connect or a passkey. A request with another address voids the previous code.',
  })
  @ApiAcceptedResponse({ type: ChallengeAnswer })
  @ApiErrors({ 401: ['password.confirmation-required'], 422: ['validation.failed', 'password.wrong'] })
  @ApiErrors({ 429: ['resend.too-soon', 'attempts.exceeded'] })
  @ApiErrors({ 502: ['delivery.failed'], 503: ['service.busy'] })
  async requestEmailChange(
    @CurrentSession() session: Session,
    @Body() body: EmailUpdate,
    @Req() request: FastifyRequest,
  ): Promise<ChallengeAnswer> {
    const pending = await this.email.requestCode(session, body, clientOf(request));
    return { challenge: challengeView(pending) };
  }

  @Post('code')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verifies the code of my new mail address, which replaces the old one',
    description:
      'The old address is notified. Other sessions, every remembered browser and every open code end.',
  })
  @ApiOkResponse({ type: OwnAccount })
  @ApiErrors({
    401: ['session.required', 'code.required', 'code.rejected', 'code.expired', 'code.exhausted'],
  })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async submitEmailChangeCode(
    @CurrentSession() session: Session,
    @Body() body: CodeSubmission,
    @Req() request: FastifyRequest,
  ): Promise<OwnAccount> {
    await this.email.submitCode(session, typedCode(body), clientOf(request));
    return accountView(await this.own.get(session));
  }
}
