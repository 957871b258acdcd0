import { ApiProperty } from '@nestjs/swagger';
import { NullableText } from '@portillon/http';
import { SessionStructure } from '@portillon/access';

export const OUTCOMES = ['SUCCESS', 'FAILURE'] as const;
export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;

/** A person named in the journal. */
export class AdminEventPerson {
  @ApiProperty({ description: 'The id; after the erasure of the account it is a pseudonym.' })
  id!: string;

  @NullableText(
    'The present name; null once the account is erased, or when it is out of reach.',
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

  @NullableText('The present name; null when it is out of reach.', 'Orientation')
  name!: string | null;
}

/** One line of the journal. */
export class AdminEvent {
  @ApiProperty()
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'authn_login_success', description: 'A name of the OWASP logging vocabulary.' })
  name!: string;

  @ApiProperty({ enum: OUTCOMES, enumName: 'Outcome' })
  outcome!: (typeof OUTCOMES)[number];

  @ApiProperty({ type: AdminEventPerson, nullable: true, description: 'The account that it concerns.' })
  account!: AdminEventPerson | null;

  @ApiProperty({ type: AdminEventPerson, nullable: true, description: 'The actor, when it is someone else.' })
  actor!: AdminEventPerson | null;

  @ApiProperty({ type: SessionStructure, nullable: true })
  structure!: SessionStructure | null;

  @ApiProperty({ type: AdminEventApplication, nullable: true, description: 'The application.' })
  application!: AdminEventApplication | null;

  @ApiProperty({ type: String, nullable: true, example: 'password' })
  means!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'EMAIL' })
  channel!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '192.0.2.7' })
  address!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The User-Agent of the browser.' })
  device!: string | null;

  @ApiProperty({ type: String, nullable: true })
  requestId!: string | null;

  @NullableText('The reason of the refusal, or the reason that the actor gave.')
  reason!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: 'Further facts.' })
  data!: Record<string, unknown> | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Its seal’s number; null in the first minute.' })
  seal!: number | null;
}

export class AdminEventPage {
  @ApiProperty({ type: [AdminEvent] })
  items!: AdminEvent[];

  @ApiProperty({ type: String, nullable: true, description: 'Send it as `cursor` to get the next page.' })
  nextCursor!: string | null;
}
