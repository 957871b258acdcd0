import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ACCESS_OPTIONS, CurrentSession, ApiErrors, RequiresStepUp } from '@portillon/access';
import type { ResolvedAccessOptions } from '@portillon/access';
import { RecoveryCodeService } from '@portillon/authenticator';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { OwnRecoveryCodeService } from './own-recovery-code.service';
import { RecoveryCodeOfferedGuard } from './recovery-code-offered.guard';
import { RecoveryCodeRequest, RecoveryCodeSet, RecoveryCodeStateView } from './recovery-code.dto';

/** Reading and deleting stay open where recovery codes are no longer offered. */
@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/recovery-codes')
export class OwnRecoveryCodeController {
  constructor(
    private readonly own: OwnRecoveryCodeService,
    private readonly codes: RecoveryCodeService,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'My recovery codes',
    description:
      'Whether this service accepts them, since when I have some and how many are left. Never the codes.',
  })
  @ApiOkResponse({ type: RecoveryCodeStateView })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async getRecoveryCodes(@CurrentSession() { accountId }: Session): Promise<RecoveryCodeStateView> {
    const state = await this.codes.stateOf(accountId);
    return {
      offered: this.options.recoveryCodes,
      createdAt: state?.createdAt.toISOString() ?? null,
      remaining: state?.remaining ?? 0,
    };
  }

  @Post()
  @UseGuards(RecoveryCodeOfferedGuard)
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Creates ten recovery codes, which are shown once',
    description:
      'Requires two factors given in the last minutes, or a card, Pro Santé Connect or a passkey. The previous set no longer works. The account holder is notified by mail; other sessions and every remembered browser end.',
  })
  @ApiCreatedResponse({ type: RecoveryCodeSet })
  @ApiErrors({ 401: ['password.confirmation-required'], 404: ['means.unavailable'] })
  @ApiErrors({ 422: ['validation.failed', 'password.wrong'], 429: ['attempts.exceeded'] })
  @ApiErrors({ 503: ['service.busy'] })
  async createRecoveryCodes(
    @CurrentSession() session: Session,
    @Body() { currentPassword }: RecoveryCodeRequest,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodeSet> {
    return { codes: await this.own.create(session, currentPassword, clientOf(request)) };
  }

  @Delete()
  @HttpCode(204)
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Deletes my recovery codes',
    description: 'Other sessions and every remembered browser end.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 404: ['not-found'] })
  deleteRecoveryCodes(@CurrentSession() session: Session, @Req() request: FastifyRequest): Promise<void> {
    return this.own.end(session, clientOf(request));
  }
}
