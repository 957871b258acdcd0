import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
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
  AllowsEnrolment,
  CurrentSession,
  ApiErrors,
  RequiresStepUp,
  AccessCookies,
  sessionView,
  SignedIn,
  AllowsLateCode,
  SessionAnswer,
} from '@portillon/access';
import { CodeSubmission, typedCode, SignInCodeSubmission } from '@portillon/auth';
import { TotpService } from '@portillon/authenticator';
import { clientOf, Public } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { TrustedDeviceService } from '@portillon/session';
import type { Session } from '@portillon/session';
import type { FastifyRequest, FastifyReply } from 'fastify';
import { OwnTotpService } from './own-totp.service';
import { TotpSignInService } from './totp-sign-in.service';
import { TotpRequest, TotpSecret, TotpState } from './totp.dto';

/** Closes what needs an authenticator app where the deployment takes none. */
@Injectable()
export class TotpOfferedGuard implements CanActivate {
  constructor(private readonly totp: TotpService) {}

  /** @throws AppError `means.unavailable` */
  canActivate(): boolean {
    if (this.totp.offered) return true;
    throw new AppError('means.unavailable', { status: 404 });
  }
}

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
