import { ApiProperty } from '@nestjs/swagger';

export class RelatedOrigins {
  @ApiProperty({ type: [String], example: ['https://portillon.example', 'https://orientation.example'] })
  origins!: string[];
}

export class PasskeyEndpoints {
  @ApiProperty({ description: 'The page to add a passkey.', example: 'https://portillon.example/mon-compte' })
  enroll!: string;

  @ApiProperty({
    description: 'The page to list and remove passkeys.',
    example: 'https://portillon.example/mon-compte',
  })
  manage!: string;
}
