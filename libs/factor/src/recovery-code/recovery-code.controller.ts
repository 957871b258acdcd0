import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Post,
  Req,
  UseGuards,
  Res,
  CanActivate,
  Injectable,
} from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  ACCESS_OPTIONS,
  CurrentSession,
  ApiErrors,
  RequiresStepUp,
  AccessCookies,
  sessionView,
  SignedIn,
} from '@portillon/access';
import type { ResolvedAccessOptions } from '@portillon/access';
import { RecoveryCodeService } from '@portillon/authenticator';
import { clientOf, Public } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { FastifyRequest, FastifyReply } from 'fastify';
import { OwnRecoveryCodeService } from './own-recovery-code.service';
import { RecoveryCodeSignInService } from './recovery-code-sign-in.service';
import {
  RecoveryCodeRequest,
  RecoveryCodeSet,
  OwnRecoveryCodeState,
  RecoveryCodeSubmission,
} from './recovery-code.dto';

/** Closes what needs recovery codes where the deployment takes none. */
@Injectable()
export class RecoveryCodeOfferedGuard implements CanActivate {
  constructor(@Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions) {}

  /** @throws AppError `means.unavailable` */
  canActivate(): boolean {
    if (this.options.recoveryCodes) return true;
    throw new AppError('means.unavailable', { status: 404 });
  }
}

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
  @ApiOkResponse({ type: OwnRecoveryCodeState })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async getRecoveryCodes(@CurrentSession() { accountId }: Session): Promise<OwnRecoveryCodeState> {
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
