import { Controller, Get } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refuses } from '@portillon/access';
import { Requires } from '@portillon/administration';
import { ServiceState } from './service-state.dto';
import { ServiceStateService } from './service-state.service';

@ApiTags('Administration: the service')
@ApiCookieAuth('session')
@Controller('api/admin/service')
export class ServiceStateController {
  constructor(private readonly states: ServiceStateService) {}

  @Get()
  @Requires('service.read')
  @Refuses({ 401: ['session.required'] })
  @ApiOperation({
    operationId: 'getServiceState',
    summary: 'How the service is: what left last, what waits, what answers, what ends',
    description:
      'For national administrators. As the instance that answers sees it, in a few bounded reads; nothing of a person.',
  })
  @ApiOkResponse({ type: ServiceState })
  getServiceState(): Promise<ServiceState> {
    return this.states.read();
  }
}
