import { ApiProperty } from '@nestjs/swagger';

export class AdminApplicationDay {
  @ApiProperty({ example: '2026-11-24', description: 'Of the calendar of Europe/Paris.' })
  day!: string;

  @ApiProperty({ description: 'Sessions that entered it.' })
  entered!: number;

  @ApiProperty({ description: 'Times that a person was kept out, or a request of its own was refused.' })
  refused!: number;
}

export class AdminApplicationStatistics {
  @ApiProperty({ type: [AdminApplicationDay] })
  items!: AdminApplicationDay[];
}
