import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant, NullableText } from '@portillon/http';
import type { OwnApplicationUse } from './own-application.service';

export class OwnApplication {
  @ApiProperty({ description: 'Its `client_id`.' })
  id!: string;

  @ApiProperty({ example: 'Orientation' })
  name!: string;

  @NullableText('The address that opens it; null: the application has none.')
  homeUri!: string | null;

  @NullableInstant('When I last opened it; null: not in the last 30 days.')
  lastUsedAt!: string | null;

  @ApiProperty({ description: 'Whether it has tokens for me, so that I can sign out of it.' })
  signedIn!: boolean;

  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'The scopes that I consented to, until the session ends or I sign out of it; null: none.',
  })
  consent!: string[] | null;
}

export class OwnApplicationList {
  @ApiProperty({ type: [OwnApplication] })
  items!: OwnApplication[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export function ownApplication({
  application,
  lastUsedAt,
  isSignedIn,
  consent,
}: OwnApplicationUse): OwnApplication {
  const { id, name, homeUri } = application;
  return { id, name, homeUri, lastUsedAt: lastUsedAt?.toISOString() ?? null, signedIn: isSignedIn, consent };
}
