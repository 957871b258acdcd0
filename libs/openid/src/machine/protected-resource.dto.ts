import { ApiProperty } from '@nestjs/swagger';

/** What protects this API (RFC 9728). */
export class ProtectedResource {
  @ApiProperty({ description: 'What a token of this API is for: its `resource` (RFC 8707) and its `aud`.' })
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
