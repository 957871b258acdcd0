import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  AuthCookies,
  ChallengeAnswer,
  challengeView,
  CodeSubmission,
  CurrentSession,
  Refuses,
  RequiresStepUp,
  typedCode,
} from '@portillon/auth';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Account, AccountUpdate, accountView, PasswordChange, PhoneUpdate } from './account.dto';
import { IdentityUnlinkingService } from './identity-unlinking.service';
import { OwnAccountService } from './own-account.service';
import { PasswordReplacementService } from './password-replacement.service';
import { PhoneSetUpService } from './phone-set-up.service';

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account')
export class AccountController {
  constructor(
    private readonly own: OwnAccountService,
    private readonly phone: PhoneSetUpService,
    private readonly password: PasswordReplacementService,
    private readonly identity: IdentityUnlinkingService,
    private readonly cookies: AuthCookies,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'getAccount', summary: 'My account, everything personal masked' })
  @ApiOkResponse({ type: Account })
  @Refuses({ 401: ['session.required', 'code.required'] })
  async getAccount(@CurrentSession() session: Session): Promise<Account> {
    return accountView(await this.own.get(session));
  }

  @Patch()
  @ApiOperation({ operationId: 'updateAccount', summary: 'How I receive codes, and my language' })
  @ApiOkResponse({ type: Account })
  @Refuses({
    401: ['session.required', 'code.required'],
    409: ['channel.unavailable'],
    422: ['validation.failed'],
  })
  async updateAccount(
    @CurrentSession() session: Session,
    @Body() body: AccountUpdate,
    @Req() request: FastifyRequest,
  ): Promise<Account> {
    return accountView(await this.own.updatePreferences(session, body, clientOf(request)));
  }

  @Put('phone')
  @RequiresStepUp()
  @ApiOperation({
    operationId: 'setPhone',
    summary: 'Sets my mobile number, not yet verified',
    description: 'Codes come by mail again, other sessions and every remembered browser end.',
  })
  @ApiOkResponse({ type: Account })
  @Refuses({ 422: ['validation.failed', 'phone.invalid', 'phone.not-mobile', 'phone.country-not-allowed'] })
  async setPhone(
    @CurrentSession() session: Session,
    @Body() body: PhoneUpdate,
    @Req() request: FastifyRequest,
  ): Promise<Account> {
    return accountView(await this.phone.set(session, body.phoneNumber, clientOf(request)));
  }

  @Delete('phone')
  @RequiresStepUp()
  @ApiOperation({ operationId: 'removePhone', summary: 'Removes my mobile number' })
  @ApiOkResponse({ type: Account })
  async removePhone(@CurrentSession() session: Session, @Req() request: FastifyRequest): Promise<Account> {
    return accountView(await this.phone.remove(session, clientOf(request)));
  }

  @Post('phone/verification')
  @HttpCode(202)
  @ApiOperation({ operationId: 'requestPhoneVerification', summary: 'Sends a code to my mobile number' })
  @ApiAcceptedResponse({ type: ChallengeAnswer })
  @Refuses({ 401: ['session.required', 'code.required'] })
  @Refuses({ 409: ['phone.missing', 'phone.already-verified', 'channel.unavailable'] })
  @Refuses({ 429: ['resend.too-soon', 'attempts.exceeded'], 502: ['delivery.failed'] })
  async requestPhoneVerification(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
  ): Promise<ChallengeAnswer> {
    return { challenge: challengeView(await this.phone.requestCode(session, clientOf(request))) };
  }

  @Post('phone/verification/code')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'submitPhoneVerificationCode',
    summary: 'Proves my mobile number',
    description: 'The preferred channel does not move: preferring SMS is another act.',
  })
  @ApiOkResponse({ type: Account })
  @Refuses({
    401: ['session.required', 'code.rejected', 'code.expired', 'code.exhausted'],
    409: ['phone.missing'],
  })
  @Refuses({ 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async submitPhoneVerificationCode(
    @CurrentSession() session: Session,
    @Body() body: CodeSubmission,
    @Req() request: FastifyRequest,
  ): Promise<Account> {
    return accountView(await this.phone.submitCode(session, typedCode(body), clientOf(request)));
  }

  @Delete('national-id')
  @RequiresStepUp()
  @ApiOperation({
    operationId: 'unlinkNationalId',
    summary: 'No card and no e-CPS opens my account any more',
    description:
      'Other sessions and every remembered browser end. Linking again takes the card, or an administrator.',
  })
  @ApiOkResponse({ type: Account })
  async unlinkNationalId(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
  ): Promise<Account> {
    return accountView(await this.identity.unlink(session, clientOf(request)));
  }

  @Put('password')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'changePassword',
    summary: 'Changes my password',
    description: 'Other sessions and every remembered browser end.',
  })
  @ApiNoContentResponse()
  @Refuses({ 401: ['session.required', 'code.required'] })
  @Refuses({ 422: ['validation.failed', 'password.wrong', 'password.weak'] })
  @Refuses({ 429: ['attempts.exceeded'], 503: ['service.busy'] })
  async changePassword(
    @CurrentSession() session: Session,
    @Body() body: PasswordChange,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookies.setSession(reply, await this.password.replace(session, body, clientOf(request)));
  }
}
