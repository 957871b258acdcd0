import { ApiProperty } from '@nestjs/swagger';

export class RelatedOrigins {
  @ApiProperty({ type: [String], example: ['https://portillon.example', 'https://orientation.example'] })
  origins!: string[];
}

export class PasskeyEndpoints {
  @ApiProperty({ description: 'Where a person adds one.', example: 'https://portillon.example/mon-compte' })
  enroll!: string;

  @ApiProperty({
    description: 'Where a person sees and ends theirs.',
    example: 'https://portillon.example/mon-compte',
  })
  manage!: string;
}
