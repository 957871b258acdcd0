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

  @ApiProperty({ description: 'Password alone, in a browser whose last code was still valid.' })
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

  @ApiProperty({
    type: ReportByChannel,
    description: 'Codes for a sign-in, a session, a number or an address.',
  })
  used!: ReportByChannel;

  @ApiProperty({ type: ReportByChannel, description: 'Codes typed after they had expired.' })
  expired!: ReportByChannel;

  @ApiProperty({ type: ReportByChannel, description: 'Wrong codes typed.' })
  refused!: ReportByChannel;
}

export class ReportDelay {
  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      'Upper bound of the seconds from sending to use; absent for the codes beyond the last bound.',
  })
  upToSeconds!: number | null;

  @ApiProperty({ description: 'Codes used after more than the previous bound and up to this one.' })
  codes!: number;
}

export class ReportLocks {
  @ApiProperty()
  total!: number;

  @ApiProperty({ description: 'Locks of the password.' })
  password!: number;

  @ApiProperty({ description: 'Locks of the code step.' })
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

/** The events of a span of time. */
export class ReportFigures {
  @ApiProperty({ type: ReportSignIns })
  signIns!: ReportSignIns;

  @ApiProperty({ type: ReportCodes })
  codes!: ReportCodes;

  @ApiProperty({ type: [ReportDelay], description: 'Times from sending to use, with fixed bounds.' })
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
class ReportScope {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Its id; null: all structures within reach together.',
  })
  structure!: string | null;

  @ApiProperty({ example: '2026-01-01', description: 'First day.' })
  from!: string;

  @ApiProperty({ example: '2026-12-31', description: 'Last day.' })
  to!: string;

  @ApiProperty({ enum: PERIODS, enumName: 'ReportPeriodKind' })
  by!: (typeof PERIODS)[number];
}

export class SignInReport extends ReportScope {
  @ApiProperty({ example: 'Europe/Paris', description: 'The time zone of the days.' })
  timeZone!: string;

  @ApiProperty({ type: ReportFigures })
  total!: ReportFigures;

  @ApiProperty({ type: [ReportPeriod], description: 'Every period of the span, including empty ones.' })
  items!: ReportPeriod[];
}

export class ApplicationReportItem {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'The number of sessions that opened it.' })
  entered!: number;

  @ApiProperty({ description: 'How often a person was refused.' })
  refused!: number;
}

export class ApplicationReport {
  @ApiProperty({ example: '2026-10-29', description: 'First day.' })
  from!: string;

  @ApiProperty({ example: '2026-11-27', description: 'Last day.' })
  to!: string;

  @ApiProperty({
    type: [ApplicationReportItem],
    description: 'Visited applications within reach, by entries.',
  })
  items!: ApplicationReportItem[];
}

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

/** Present numbers of users by proof of identity; a user may be in several of them. */
export class IdentityReport {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Its id; null: all structures within reach together.',
  })
  structure!: string | null;

  @ApiProperty({ description: 'The number of people with an account that is not closed.' })
  people!: number;

  @ApiProperty({ description: 'People whose identity was never verified.' })
  unverified!: number;

  @ApiProperty({ description: 'People whose identity must be verified again, after three years.' })
  due!: number;

  @ApiProperty({ description: 'People whose national id the Annuaire Santé does not know.' })
  unknownToDirectory!: number;

  @ApiProperty({
    description:
      'Whether this deployment queries the Annuaire Santé; otherwise `unknownToDirectory` has no meaning.',
  })
  directoryAsked!: boolean;
}
