import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { MACHINE_SCOPES } from '@portillon/application';
import { Public } from '@portillon/http';
import { MACHINE_OPTIONS, type ResolvedMachineOptions } from './machine.options';

/** The metadata of this protected resource (RFC 9728). */
export class ProtectedResource {
  @ApiProperty({ description: 'The `resource` (RFC 8707) and the `aud` of this API’s tokens.' })
  resource!: string;

  @ApiProperty({ type: [String] })
  authorization_servers!: string[];

  @ApiProperty({ type: [String] })
  scopes_supported!: string[];

  @ApiProperty({ type: [String], example: ['header'] })
  bearer_methods_supported!: string[];

  @ApiProperty()
  resource_name!: string;

  @ApiProperty()
  resource_documentation!: string;
}

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
