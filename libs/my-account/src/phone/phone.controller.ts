import { Body, Controller, Delete, HttpCode, Post, Put, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCookieAuth,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ChallengeAnswer, challengeView, CodeSubmission, typedCode } from '@portillon/auth';
import { CurrentSession, ApiErrors, RequiresStepUp } from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { OwnAccount, accountView, PhoneRemoval, PhoneUpdate } from '../account.dto';
import { OwnAccountService } from '../own-account.service';
import { OwnPhoneService } from './own-phone.service';

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/phone')
export class PhoneController {
  constructor(
    private readonly own: OwnAccountService,
    private readonly phone: OwnPhoneService,
  ) {}

  @Put()
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Sets my mobile number, not yet verified',
    description:
      'Codes come by mail again; other sessions and every remembered browser end. Requires two factors given in the last minutes, or a card, Pro Santé Connect or a passkey.',
  })
  @ApiOkResponse({ type: OwnAccount })
  @ApiErrors({ 422: ['validation.failed', 'phone.invalid', 'phone.not-mobile', 'phone.country-not-allowed'] })
  @ApiErrors({ 401: ['password.confirmation-required'], 422: ['password.wrong'] })
  @ApiErrors({ 429: ['attempts.exceeded'], 503: ['service.busy'] })
  async setPhone(
    @CurrentSession() session: Session,
    @Body() body: PhoneUpdate,
    @Req() request: FastifyRequest,
  ): Promise<OwnAccount> {
    await this.phone.set(session, body, clientOf(request));
    return accountView(await this.own.get(session));
  }

  @Delete()
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Removes my mobile number',
    description:
      'Afterwards codes go by mail. Requires two factors given in the last minutes, or a card, Pro Santé Connect or a passkey.',
  })
  @ApiBody({ type: PhoneRemoval, required: false })
  @ApiOkResponse({ type: OwnAccount })
  @ApiErrors({ 401: ['password.confirmation-required'], 422: ['validation.failed', 'password.wrong'] })
  @ApiErrors({ 429: ['attempts.exceeded'], 503: ['service.busy'] })
  async removePhone(
    @CurrentSession() session: Session,
    @Body() { currentPassword }: PhoneRemoval,
    @Req() request: FastifyRequest,
  ): Promise<OwnAccount> {
    await this.phone.remove(session, currentPassword, clientOf(request));
    return accountView(await this.own.get(session));
  }

  @Post('verification')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Sends a code to my mobile number',
    description: 'The code proves only the number that it was sent to.',
  })
  @ApiAcceptedResponse({ type: ChallengeAnswer })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  @ApiErrors({ 409: ['phone.missing', 'phone.already-verified', 'channel.unavailable'] })
  @ApiErrors({ 429: ['resend.too-soon', 'attempts.exceeded'], 502: ['delivery.failed'] })
  async requestPhoneVerification(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
  ): Promise<ChallengeAnswer> {
    return { challenge: challengeView(await this.phone.requestCode(session, clientOf(request))) };
  }

  @Post('verification/code')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Proves my mobile number',
    description: 'The preferred channel does not change: a separate request sets it to SMS.',
  })
  @ApiOkResponse({ type: OwnAccount })
  @ApiErrors({
    401: ['session.required', 'code.rejected', 'code.expired', 'code.exhausted'],
    409: ['phone.missing'],
  })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async submitPhoneVerificationCode(
    @CurrentSession() session: Session,
    @Body() body: CodeSubmission,
    @Req() request: FastifyRequest,
  ): Promise<OwnAccount> {
    await this.phone.submitCode(session, typedCode(body), clientOf(request));
    return accountView(await this.own.get(session));
  }
}
