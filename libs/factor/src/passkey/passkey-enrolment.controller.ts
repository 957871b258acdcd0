import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowsEnrolment, AccessCookies, CurrentSession, ApiErrors, RequiresStepUp } from '@portillon/access';
import { clientOf } from '@portillon/http';
import { TrustedDeviceService, type Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { registrationIn } from './credential';
import { OfferedGuard } from './offered.guard';
import { PasskeyCookie } from './passkey.cookie';
import { OwnPasskeyService } from './own-passkey.service';
import {
  PasskeyCeremony,
  PasskeyEnrolment,
  PasskeyEnrolmentRequest,
  PasskeyItem,
  passkeyItem,
} from './passkey.dto';

@ApiTags('My account')
@ApiCookieAuth('session')
@UseGuards(OfferedGuard)
@AllowsEnrolment()
@Controller('api/account/passkeys')
export class PasskeyEnrolmentController {
  constructor(
    private readonly own: OwnPasskeyService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly cookies: AccessCookies,
    private readonly passkeyCookie: PasskeyCookie,
  ) {}

  @Post('options')
  @HttpCode(200)
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Starts adding a passkey',
    description:
      'Requires two factors given in the last minutes, or a card, Pro Santé Connect or a passkey. `password.confirmation-required`: the code was fresh, the password was not.',
  })
  @ApiOkResponse({ type: PasskeyCeremony })
  @ApiErrors({
    401: ['password.confirmation-required'],
    404: ['means.unavailable'],
    409: ['passkey.too-many'],
  })
  @ApiErrors({ 422: ['validation.failed', 'password.wrong'], 429: ['attempts.exceeded'] })
  @ApiErrors({ 503: ['service.busy'] })
  async beginPasskeyEnrolment(
    @CurrentSession() session: Session,
    @Body() { currentPassword }: PasskeyEnrolmentRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeyCeremony> {
    const shared = this.#isShared(session, request);
    const begun = await this.own.beginEnrolment(session, currentPassword, shared, clientOf(request));
    this.passkeyCookie.write(reply, begun.cookie);
    return { options: begun.options, shared };
  }

  @Post()
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Adds a new passkey',
    description: 'The passkey then signs in without a code. The account holder is notified by mail.',
  })
  @ApiCreatedResponse({ type: PasskeyItem })
  @ApiErrors({ 401: ['passkey.rejected'], 404: ['means.unavailable'], 409: ['passkey.too-many'] })
  @ApiErrors({ 422: ['validation.failed', 'passkey.not-accepted', 'passkey.shared'] })
  async addPasskey(
    @CurrentSession() session: Session,
    @Body() { name, credential }: PasskeyEnrolment,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeyItem> {
    const shared = this.#isShared(session, request);
    const made = { name, response: registrationIn(credential), shared };
    const cookie = this.passkeyCookie.read(request);
    const passkey = await this.own.add(session, cookie, made, clientOf(request));
    this.passkeyCookie.clear(reply);
    return passkeyItem(passkey);
  }

  /** Because of the user's structure, or because this browser remembers several users. */
  #isShared({ principal }: Session, request: FastifyRequest): boolean {
    return principal.sharedWorkstation ?? this.trustedDevices.isShared(this.cookies.browser(request));
  }
}
