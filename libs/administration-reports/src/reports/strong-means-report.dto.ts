import { ApiProperty } from '@nestjs/swagger';
import { ReportScope } from './report.dto';

export class StrongMeansPeopleCount {
  @ApiProperty({ description: 'The number of active people.' })
  total!: number;

  @ApiProperty({ description: 'People who can sign in with a card, an e-CPS or an accepted passkey.' })
  strong!: number;

  @ApiProperty({ description: 'People who can only sign in with password and a code by mail.' })
  email!: number;

  @ApiProperty({ description: 'People who can only sign in with password and a code by SMS.' })
  sms!: number;
}

export class StrongMeansPeriod {
  @ApiProperty({ example: '2026-11', description: 'A day, `2026-11-24`, or a month, `2026-11`.' })
  period!: string;

  @ApiProperty({ description: 'Sign-ins by password and code; the code was given then or earlier.' })
  codes!: number;

  @ApiProperty({ description: 'Sign-ins by Pro Santé Connect, card or passkey.' })
  strong!: number;
}

export class StrongMeansReport extends ReportScope {
  @ApiProperty({ type: StrongMeansPeopleCount, description: 'The present state.' })
  people!: StrongMeansPeopleCount;

  @ApiProperty({ type: [StrongMeansPeriod], description: 'Every period of the span.' })
  items!: StrongMeansPeriod[];
}
