import { ApiProperty } from '@nestjs/swagger';

export class AdminApplicationDay {
  @ApiProperty({ example: '2026-11-24', description: 'The day, in the calendar of Europe/Paris.' })
  day!: string;

  @ApiProperty({ description: 'The number of sessions that opened it.' })
  entered!: number;

  @ApiProperty({ description: 'How often a person or a request of the application was refused.' })
  refused!: number;
}

export class AdminApplicationStatistics {
  @ApiProperty({ type: [AdminApplicationDay] })
  items!: AdminApplicationDay[];
}
