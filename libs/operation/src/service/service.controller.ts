import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { clientOf, Public } from '@portillon/http';
import type { FastifyRequest } from 'fastify';
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
      'The name of the service, the languages, where to ask for help, and what the deployment has set up. Answered by two statements: whose the address of the caller is, and how accessible the operator says it is.',
  })
  @ApiOkResponse({ type: Service })
  getService(@Req() request: FastifyRequest): Promise<Service> {
    return this.description.read(clientOf(request));
  }
}
