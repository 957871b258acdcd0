import { Body, Controller, Delete, Get, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AllowsEnrolment, CurrentSession, ApiErrors, RequiresStepUp } from '@portillon/access';
import { CodeSubmission, typedCode } from '@portillon/auth';
import { TotpService } from '@portillon/authenticator';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { OwnTotpService } from './own-totp.service';
import { TotpOfferedGuard } from './totp-offered.guard';
import { TotpRequest, TotpSecret, TotpState } from './totp.dto';

/** Reading and removing stay open where apps are no longer offered. */
@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/totp')
export class OwnTotpController {
  constructor(
    private readonly own: OwnTotpService,
    private readonly totp: TotpService,
  ) {}

  @Get()
  @AllowsEnrolment()
  @ApiOperation({
    summary: 'My authenticator app',
    description: 'Whether this service accepts apps, and since when I have one. Never its secret.',
  })
  @ApiOkResponse({ type: TotpState })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async getTotp(@CurrentSession() { accountId }: Session): Promise<TotpState> {
    const confirmedAt = await this.totp.confirmedAt(accountId);
    return { offered: this.totp.offered, confirmedAt: confirmedAt?.toISOString() ?? null };
  }

  @Post()
  @AllowsEnrolment()
  @UseGuards(TotpOfferedGuard)
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Creates a secret for an authenticator app',
    description:
      'Requires two factors given in the last minutes, or a card, Pro Santé Connect or a passkey. The app is active once `POST /api/account/totp/confirmation` has verified its first code.',
  })
  @ApiCreatedResponse({ type: TotpSecret })
  @ApiErrors({ 401: ['password.confirmation-required'], 404: ['means.unavailable'], 409: ['totp.exists'] })
  @ApiErrors({ 422: ['validation.failed', 'password.wrong'], 429: ['attempts.exceeded'] })
  @ApiErrors({ 403: ['enrolment.required'], 503: ['service.busy'] })
  beginTotp(
    @CurrentSession() session: Session,
    @Body() { currentPassword }: TotpRequest,
    @Req() request: FastifyRequest,
  ): Promise<TotpSecret> {
    return this.own.begin(session, currentPassword, clientOf(request));
  }

  @Post('confirmation')
  @AllowsEnrolment()
  @HttpCode(204)
  @UseGuards(TotpOfferedGuard)
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Verifies the first code of my authenticator app',
    description:
      'A sign-in then asks for the app first; mail and SMS stay available. The account holder is notified by mail; other sessions and every remembered browser end.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['totp.rejected'], 404: ['means.unavailable'], 422: ['validation.failed'] })
  confirmTotp(
    @CurrentSession() session: Session,
    @Body() body: CodeSubmission,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.own.confirm(session, typedCode(body), clientOf(request));
  }

  @Delete()
  @AllowsEnrolment()
  @HttpCode(204)
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Removes my authenticator app',
    description:
      'Codes come by mail or SMS again. Other sessions and every remembered browser end. A session that may only add a means may remove the app only when a recovery code opened it: the app may be on a lost phone.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 403: ['enrolment.required'], 404: ['not-found'] })
  removeTotp(@CurrentSession() session: Session, @Req() request: FastifyRequest): Promise<void> {
    return this.own.end(session, clientOf(request));
  }
}
