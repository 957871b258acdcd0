import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowsEnrolment, CurrentSession, ApiErrors, RequiresStepUp } from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { OwnPasskeyService } from './own-passkey.service';
import { passkeyItem, PasskeyList, PasskeyName } from './passkey.dto';

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
