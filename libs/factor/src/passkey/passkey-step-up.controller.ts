import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AllowsEnrolment,
  AccessCookies,
  CurrentSession,
  ApiErrors,
  SessionAnswer,
  sessionView,
} from '@portillon/access';
import { clientOf } from '@portillon/http';
import { TrustedDeviceService, type Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assertionIn } from './credential';
import { OfferedGuard } from './offered.guard';
import { PasskeyCookie } from './passkey.cookie';
import { PasskeyStepUpService } from './passkey-step-up.service';
import { PasskeyAssertion, PasskeyCeremony, PasskeyRequest } from './passkey.dto';

@ApiTags('The session')
@ApiCookieAuth('session')
@UseGuards(OfferedGuard)
@AllowsEnrolment()
@Controller('api/session/challenge/passkey')
export class PasskeyStepUpController {
  constructor(
    private readonly stepUp: PasskeyStepUpService,
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
    const { options, cookie } = await this.stepUp.begin(session);
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
