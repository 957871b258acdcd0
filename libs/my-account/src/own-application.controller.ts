import { Controller, Get } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, Refuses } from '@portillon/auth';
import type { Session } from '@portillon/session';
import { OwnApplicationList } from './own-application.dto';
import { OwnApplicationService } from './own-application.service';

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/applications')
export class OwnApplicationController {
  constructor(private readonly own: OwnApplicationService) {}

  @Get()
  @ApiOperation({
    operationId: 'listApplications',
    summary: 'The applications that I may open',
    description: 'By name: those that are in service and whose audience I am in.',
  })
  @ApiOkResponse({ type: OwnApplicationList })
  @Refuses({ 401: ['session.required', 'code.required'] })
  async listApplications(@CurrentSession() session: Session): Promise<OwnApplicationList> {
    const applications = await this.own.list(session);
    return { items: applications.map(({ id, name, homeUri }) => ({ id, name, homeUri })), nextCursor: null };
  }
}
