import { ApiProperty } from '@nestjs/swagger';
import { NullableText } from '@portillon/http';
import { SessionStructure } from '@portillon/access';

export const OUTCOMES = ['SUCCESS', 'FAILURE'] as const;
export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;

/** A person named in the journal. */
export class AdminEventPerson {
  @ApiProperty({ description: 'Stays when the account is erased: a pseudonym then.' })
  id!: string;

  @NullableText(
    'As it is now; nothing once the account is erased, or when it is out of reach.',
    'claire.martin',
  )
  username!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Claire Martin' })
  displayName!: string | null;
}

/** An application named in the journal. */
export class AdminEventApplication {
  @ApiProperty()
  id!: string;

  @NullableText('As it is now; nothing when it is out of reach.', 'Orientation')
  name!: string | null;
}

/** One line of the journal. */
export class AdminEvent {
  @ApiProperty()
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'authn_login_success', description: 'A word of the OWASP logging vocabulary.' })
  name!: string;

  @ApiProperty({ enum: OUTCOMES, enumName: 'Outcome' })
  outcome!: (typeof OUTCOMES)[number];

  @ApiProperty({ type: AdminEventPerson, nullable: true, description: 'Whom it concerns.' })
  account!: AdminEventPerson | null;

  @ApiProperty({
    type: AdminEventPerson,
    nullable: true,
    description: 'The actor, when it is someone else.',
  })
  actor!: AdminEventPerson | null;

  @ApiProperty({ type: SessionStructure, nullable: true })
  structure!: SessionStructure | null;

  @ApiProperty({ type: AdminEventApplication, nullable: true, description: 'At which application.' })
  application!: AdminEventApplication | null;

  @ApiProperty({ type: String, nullable: true, example: 'password' })
  means!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'EMAIL' })
  channel!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '192.0.2.7' })
  address!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What the browser said of itself (User-Agent).' })
  device!: string | null;

  @ApiProperty({ type: String, nullable: true })
  requestId!: string | null;

  @NullableText('Why it was refused, or the reason that was given.')
  reason!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What else is known.',
  })
  data!: Record<string, unknown> | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'The number of the seal that covers it; nothing in the first minute.',
  })
  seal!: number | null;
}

export class AdminEventPage {
  @ApiProperty({ type: [AdminEvent] })
  items!: AdminEvent[];

  @ApiProperty({ type: String, nullable: true, description: 'Give it back as `cursor` for the next page.' })
  nextCursor!: string | null;
}
