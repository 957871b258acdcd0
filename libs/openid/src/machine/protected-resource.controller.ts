import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MACHINE_SCOPES } from '@portillon/application';
import { Public } from '@portillon/http';
import { MACHINE_OPTIONS, type ResolvedMachineOptions } from './machine.options';
import { ProtectedResource } from './protected-resource.dto';

@ApiTags('The service')
@Public()
@Controller('.well-known/oauth-protected-resource')
export class ProtectedResourceController {
  constructor(@Inject(MACHINE_OPTIONS) private readonly options: ResolvedMachineOptions) {}

  @Get()
  @ApiOperation({
    summary: 'The metadata by which an application gets a token for this API',
    description: 'RFC 9728. `resource` is the value that the application requests its token for.',
  })
  @ApiOkResponse({ type: ProtectedResource })
  getProtectedResource(): ProtectedResource {
    const { resource } = this.options;
    return {
      resource,
      authorization_servers: [resource],
      scopes_supported: [...MACHINE_SCOPES],
      bearer_methods_supported: ['header'],
      resource_name: 'Portillon',
      resource_documentation: `${resource}/api/docs`,
    };
  }
}
