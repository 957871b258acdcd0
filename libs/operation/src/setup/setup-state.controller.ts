import { Controller, Get } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refuses } from '@portillon/access';
import { Requires } from '@portillon/administration';
import { SetupState } from './setup-state.dto';
import { SetupStateService } from './setup-state.service';

@ApiTags('Administration: the service')
@ApiCookieAuth('session')
@Controller('api/admin/setup')
export class SetupStateController {
  constructor(private readonly states: SetupStateService) {}

  @Get()
  @Requires('service.read')
  @Refuses({ 401: ['session.required', 'code.required'] })
  @ApiOperation({
    operationId: 'getAdminSetup',
    summary: 'How far the first hour of the service has come',
    description:
      'For national administrators. Seven steps, computed from the settings, the tables and what answers now.',
  })
  @ApiOkResponse({ type: SetupState })
  getAdminSetup(): Promise<SetupState> {
    return this.states.read();
  }
}
