import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Req,
  Post,
  Res,
  UseGuards,
} from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiCreatedResponse,
} from '@nestjs/swagger';
import { AllowsEnrolment, CurrentSession, ApiErrors, RequiresStepUp, AccessCookies } from '@portillon/access';
import { clientOf } from '@portillon/http';
import { TrustedDeviceService } from '@portillon/session';
import type { Session } from '@portillon/session';
import type { FastifyRequest, FastifyReply } from 'fastify';
import { registrationIn } from './credential';
import { OfferedGuard } from './offered.guard';
import { OwnPasskeyService } from './own-passkey.service';
import { PasskeyCookie } from './passkey.cookie';
import {
  passkeyItem,
  PasskeyList,
  PasskeyName,
  PasskeyCeremony,
  PasskeyEnrolment,
  PasskeyEnrolmentRequest,
  PasskeyItem,
} from './passkey.dto';

/** Also open where passkeys are no longer offered: users can still list and delete theirs. */
@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/passkeys')
export class OwnPasskeyController {
  constructor(private readonly own: OwnPasskeyService) {}

  @Get()
  @AllowsEnrolment()
  @ApiOperation({
    summary: 'My passkeys',
    description: 'Oldest first, each with the place of its key and how my identity was proven.',
  })
  @ApiOkResponse({ type: PasskeyList })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async listPasskeys(@CurrentSession() session: Session): Promise<PasskeyList> {
    const own = await this.own.list(session);
    const items = own.map(({ passkey, accepted }) => ({ ...passkeyItem(passkey), accepted }));
    return { items, nextCursor: null };
  }

  @Patch(':id')
  @HttpCode(204)
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Renames one of my passkeys',
    description: 'Shown to the account holder and their administrators.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 404: ['not-found'], 422: ['validation.failed'] })
  renamePasskey(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() { name }: PasskeyName,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.own.rename(session, id, name, clientOf(request));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequiresStepUp()
  @ApiOperation({
    summary: 'Removes one of my passkeys',
    description: 'Other sessions and every remembered browser end.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 404: ['not-found'] })
  removePasskey(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.own.end(session, id, clientOf(request));
  }
}

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
