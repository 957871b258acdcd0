import { ApiProperty } from '@nestjs/swagger';

export class OwnApplication {
  @ApiProperty({ description: 'Its `client_id`.' })
  id!: string;

  @ApiProperty({ example: 'Orientation' })
  name!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Where it is opened; null: it is opened elsewhere.',
  })
  homeUri!: string | null;
}

export class OwnApplicationList {
  @ApiProperty({ type: [OwnApplication] })
  items!: OwnApplication[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
