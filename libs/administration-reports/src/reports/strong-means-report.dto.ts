import { ApiProperty } from '@nestjs/swagger';
import { ReportScope } from './report.dto';

export class StrongMeansPeopleCount {
  @ApiProperty({ description: 'How many people are active.' })
  total!: number;

  @ApiProperty({ description: 'Whom a card, an e-CPS or an accepted passkey lets in.' })
  strong!: number;

  @ApiProperty({ description: 'Whom password and a code by mail alone let in.' })
  email!: number;

  @ApiProperty({ description: 'Whom password and a code by SMS alone let in.' })
  sms!: number;
}

export class StrongMeansPeriod {
  @ApiProperty({ example: '2026-11', description: 'A day, `2026-11-24`, or a month, `2026-11`.' })
  period!: string;

  @ApiProperty({ description: 'Sign-ins by password and code, given then or before in that browser.' })
  codes!: number;

  @ApiProperty({ description: 'Sign-ins by Pro Santé Connect, card or passkey.' })
  strong!: number;
}

export class StrongMeansReport extends ReportScope {
  @ApiProperty({ type: StrongMeansPeopleCount, description: 'As it is now.' })
  people!: StrongMeansPeopleCount;

  @ApiProperty({ type: [StrongMeansPeriod], description: 'Every period of the span.' })
  items!: StrongMeansPeriod[];
}
