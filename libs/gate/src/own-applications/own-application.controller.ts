import { Controller, Delete, Get, HttpCode, Param, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, CurrentSession } from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { OwnApplicationService } from './own-application.service';
import { ownApplication, OwnApplicationList } from './own-application.dto';

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/applications')
export class OwnApplicationController {
  constructor(private readonly own: OwnApplicationService) {}

  @Get()
  @ApiOperation({
    summary: 'The applications that I may open',
    description: 'Ordered by name: enabled applications whose audience includes me.',
  })
  @ApiOkResponse({ type: OwnApplicationList })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async listApplications(@CurrentSession() session: Session): Promise<OwnApplicationList> {
    return { items: (await this.own.list(session)).map(ownApplication), nextCursor: null };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Signs me out of one application',
    description:
      'Ends the application’s tokens for me, in every browser, and notifies it by back-channel logout. My sessions here stay open. A token that a resource verifies locally stays valid until it expires.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['session.required', 'code.required'], 404: ['not-found'] })
  signOutOfApplication(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.own.signOut(session, id, clientOf(request));
  }
}
