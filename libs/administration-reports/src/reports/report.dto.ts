import { ApiProperty } from '@nestjs/swagger';

export const PERIODS = ['day', 'month'] as const;

export class ReportSignIns {
  @ApiProperty()
  total!: number;

  @ApiProperty({ description: 'Password, then a code by mail.' })
  passwordEmail!: number;

  @ApiProperty({ description: 'Password, then a code by SMS.' })
  passwordSms!: number;

  @ApiProperty({ description: 'Password, then a code of an authenticator app.' })
  passwordTotp!: number;

  @ApiProperty({ description: 'Password, then a recovery code: to add a means.' })
  passwordRecoveryCode!: number;

  @ApiProperty({ description: 'Password alone, while the code given before still held in that browser.' })
  passwordRemembered!: number;

  @ApiProperty()
  proSanteConnect!: number;

  @ApiProperty()
  cpx!: number;

  @ApiProperty()
  passkey!: number;
}

export class ReportByChannel {
  @ApiProperty()
  total!: number;

  @ApiProperty()
  email!: number;

  @ApiProperty()
  sms!: number;
}

export class ReportCodes {
  @ApiProperty({ type: ReportByChannel })
  sent!: ReportByChannel;

  @ApiProperty({ type: ReportByChannel, description: 'For a sign-in, a session, a number or an address.' })
  used!: ReportByChannel;

  @ApiProperty({ type: ReportByChannel, description: 'Typed after their time was over.' })
  expired!: ReportByChannel;

  @ApiProperty({ type: ReportByChannel, description: 'Wrong codes typed.' })
  refused!: ReportByChannel;
}

export class ReportDelay {
  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      'Seconds from sending to use, upper bound; nothing for what took longer than the bound before.',
  })
  upToSeconds!: number | null;

  @ApiProperty({ description: 'Codes used in more than the bound before and up to this one.' })
  codes!: number;
}

export class ReportLocks {
  @ApiProperty()
  total!: number;

  @ApiProperty({ description: 'Of the password.' })
  password!: number;

  @ApiProperty({ description: 'Of the code step.' })
  code!: number;
}

export class ReportRefusals {
  @ApiProperty({ description: 'Sign-ins refused: wrong password, unknown card, deactivated account…' })
  total!: number;

  @ApiProperty()
  password!: number;

  @ApiProperty()
  proSanteConnect!: number;

  @ApiProperty()
  cpx!: number;

  @ApiProperty()
  passkey!: number;
}

/** What happened in a span of time. */
export class ReportFigures {
  @ApiProperty({ type: ReportSignIns })
  signIns!: ReportSignIns;

  @ApiProperty({ type: ReportCodes })
  codes!: ReportCodes;

  @ApiProperty({ type: [ReportDelay], description: 'Time from send to use; always the same bounds.' })
  delays!: ReportDelay[];

  @ApiProperty({ type: ReportLocks })
  locks!: ReportLocks;

  @ApiProperty({ type: ReportRefusals })
  refusals!: ReportRefusals;
}

export class ReportPeriod extends ReportFigures {
  @ApiProperty({ example: '2026-11', description: 'A day, `2026-11-24`, or a month, `2026-11`.' })
  period!: string;
}

/** The people and the span that a report covers. */
export class ReportScope {
  @ApiProperty({ type: String, nullable: true, description: 'Its id; nothing for all structures together.' })
  structure!: string | null;

  @ApiProperty({ example: '2026-01-01', description: 'First day.' })
  from!: string;

  @ApiProperty({ example: '2026-12-31', description: 'Last day.' })
  to!: string;

  @ApiProperty({ enum: PERIODS, enumName: 'ReportPeriodKind' })
  by!: (typeof PERIODS)[number];
}

export class SignInReport extends ReportScope {
  @ApiProperty({ example: 'Europe/Paris', description: 'The calendar by which days are counted.' })
  timeZone!: string;

  @ApiProperty({ type: ReportFigures })
  total!: ReportFigures;

  @ApiProperty({
    type: [ReportPeriod],
    description: 'Every period of the span, also where nothing happened.',
  })
  items!: ReportPeriod[];
}

export class ApplicationReportItem {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Sessions that entered it.' })
  entered!: number;

  @ApiProperty({ description: 'Times that a person was kept out.' })
  refused!: number;
}

export class ApplicationReport {
  @ApiProperty({ example: '2026-10-29', description: 'First day.' })
  from!: string;

  @ApiProperty({ example: '2026-11-27', description: 'Last day.' })
  to!: string;

  @ApiProperty({
    type: [ApplicationReportItem],
    description: 'Applications within reach to which people came, the one most entered first.',
  })
  items!: ApplicationReportItem[];
}
