import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@portillon/http';
import { Service } from './service.dto';
import { ServiceDescription } from './service-description.service';

@ApiTags('The service')
@Public()
@Controller('api/service')
export class ServiceController {
  constructor(private readonly description: ServiceDescription) {}

  @Get()
  @ApiOperation({
    operationId: 'getService',
    summary: 'What the page needs to know before anybody signs in',
    description:
      'The name of the service, the languages, where to ask for help, and what the deployment has set up.',
  })
  @ApiOkResponse({ type: Service })
  getService(): Service {
    return this.description.read();
  }
}
