import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags, ApiCookieAuth } from '@nestjs/swagger';
import {
  AccessCookies,
  ApiErrors,
  sessionView,
  SignedIn,
  AllowsEnrolment,
  CurrentSession,
  SessionAnswer,
} from '@portillon/access';
import { clientOf, Public } from '@portillon/http';
import { TrustedDeviceService } from '@portillon/session';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assertionIn } from './credential';
import { OfferedGuard } from './offered.guard';
import { PasskeySignInService } from './passkey-sign-in.service';
import { PasskeyCookie } from './passkey.cookie';
import { PasskeyAssertion, PasskeyCeremony, PasskeyRequest } from './passkey.dto';

@ApiTags('Signing in')
@Public()
@UseGuards(OfferedGuard)
@Controller('api/sign-in/passkey')
export class PasskeySignInController {
  constructor(
    private readonly signIn: PasskeySignInService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly cookies: AccessCookies,
    private readonly passkeyCookie: PasskeyCookie,
  ) {}

  @Post('options')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Starts a sign-in with a passkey',
    description:
      'Needs no user name: the passkey identifies the person. Send the answer to `POST /api/sign-in/passkey`.',
  })
  @ApiOkResponse({ type: PasskeyCeremony })
  @ApiErrors({ 404: ['means.unavailable'], 422: ['validation.failed'] })
  async beginPasskeySignIn(
    @Body() _body: PasskeyRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeyCeremony> {
    const { options, cookie } = await this.signIn.begin();
    this.passkeyCookie.write(reply, cookie);
    return { options, shared: this.trustedDevices.isShared(this.cookies.browser(request)) };
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Signs in with the answer of a passkey',
    description:
      'No code is required. On `passkey.unknown`, signal to the browser that the passkey is unknown (WebAuthn signal).',
  })
  @ApiOkResponse({ type: SignedIn })
  @ApiErrors({
    401: ['passkey.unknown', 'passkey.rejected'],
    403: ['means.unavailable', 'identity.unverified'],
  })
  @ApiErrors({ 404: ['means.unavailable'], 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async signInWithPasskey(
    @Body() { credential }: PasskeyAssertion,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    const cookie = this.passkeyCookie.read(request);
    const { session, sessionToken } = await this.signIn.signIn(
      cookie,
      assertionIn(credential),
      clientOf(request),
    );
    this.passkeyCookie.clear(reply);
    this.cookies.setSession(reply, sessionToken);
    return { status: 'signed-in', session: sessionView(session) };
  }
}

@ApiTags('The session')
@ApiCookieAuth('session')
@UseGuards(OfferedGuard)
@AllowsEnrolment()
@Controller('api/session/challenge/passkey')
export class PasskeyStepUpController {
  constructor(
    private readonly stepUp: PasskeySignInService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly cookies: AccessCookies,
    private readonly passkeyCookie: PasskeyCookie,
  ) {}

  @Post('options')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Starts a confirmation with one of my passkeys',
    description: 'Confirms a sensitive action (`reauthentication.required`) instead of a code.',
  })
  @ApiOkResponse({ type: PasskeyCeremony })
  @ApiErrors({ 401: ['session.required', 'code.required'], 404: ['means.unavailable'] })
  @ApiErrors({ 422: ['validation.failed'] })
  async beginPasskeyStepUp(
    @CurrentSession() session: Session,
    @Body() _body: PasskeyRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeyCeremony> {
    const { options, cookie } = await this.stepUp.beginConfirmation(session);
    this.passkeyCookie.write(reply, cookie);
    return { options, shared: this.#isShared(session, request) };
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirms my session with the answer of a passkey',
    description: 'The session gets a new token and a fresh proof. The 24 hours of its code stay as they are.',
  })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiErrors({ 401: ['session.required', 'code.required', 'passkey.unknown', 'passkey.rejected'] })
  @ApiErrors({ 403: ['means.unavailable'], 404: ['means.unavailable'] })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async confirmWithPasskey(
    @CurrentSession() session: Session,
    @Body() { credential }: PasskeyAssertion,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const cookie = this.passkeyCookie.read(request);
    const confirmed = await this.stepUp.confirm(session, cookie, assertionIn(credential), clientOf(request));
    this.passkeyCookie.clear(reply);
    this.cookies.setSession(reply, confirmed.sessionToken);
    return { session: sessionView(confirmed.session) };
  }

  /** Because of the user's structure, or because this browser remembers several users. */
  #isShared({ principal }: Session, request: FastifyRequest): boolean {
    return principal.sharedWorkstation ?? this.trustedDevices.isShared(this.cookies.browser(request));
  }
}
