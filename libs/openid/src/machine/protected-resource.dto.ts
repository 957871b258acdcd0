import { ApiProperty } from '@nestjs/swagger';

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
