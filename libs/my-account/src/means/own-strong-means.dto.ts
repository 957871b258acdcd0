import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';

const STAGES = ['none', 'encouraged', 'announced', 'enrolment', 'required'] as const;

export class OwnStrongMeans {
  @ApiProperty({
    enum: STAGES,
    enumName: 'StrongMeansStage',
    description:
      '`none`: my structure has set no date. `encouraged` until 30 days before it, `announced` until it, `enrolment` for 14 days after it, then `required`.',
  })
  stage!: (typeof STAGES)[number];

  @NullableInstant()
  from!: string | null;

  @NullableInstant()
  enrolmentUntil!: string | null;

  @ApiProperty({
    description:
      'Whether I can sign in with a card, an e-CPS, or a passkey or an authenticator app that my structure accepts.',
  })
  ready!: boolean;

  @ApiProperty({ description: 'Whether my structure accepts an authenticator app.' })
  totp!: boolean;

  @ApiProperty({ description: 'Whether to ask me now to add one; at most once in 14 days.' })
  prompt!: boolean;

  @NullableInstant(
    'Date after which my structure accepts password, passkey or code only with a verified identity. Null until 30 days before, and once it is verified.',
  )
  identityRequiredFrom!: string | null;
}
