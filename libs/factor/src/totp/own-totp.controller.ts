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

/** To see and to remove one is open where none is offered any more, too. */
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
    description: 'Whether apps are taken here, and since when I have one. Never its secret.',
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
    summary: 'A secret for an authenticator app',
    description:
      'Asks for two factors given in the last minutes, or a card, Pro Santé Connect or a passkey. The app is mine once `POST /api/account/totp/confirmation` had its first code.',
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
    summary: 'The first code of the app',
    description:
      'The app is then requested before mail and SMS, which stay available. The account holder is notified by mail; other sessions and every remembered browser end.',
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
    summary: 'My authenticator app is asked for no more',
    description:
      'Codes come by mail or SMS again. Other sessions and every remembered browser end. A session that may only add a means removes it where a recovery code opened that session: the app of a lost phone.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 403: ['enrolment.required'], 404: ['not-found'] })
  removeTotp(@CurrentSession() session: Session, @Req() request: FastifyRequest): Promise<void> {
    return this.own.end(session, clientOf(request));
  }
}
