import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';
import { ENROLMENT_MS } from '@portillon/structure';
import { UnverifiedPeople } from '@portillon/account';
import { addMilliseconds } from '@portillon/kernel';
import type { StrongMeansPeople } from '@portillon/user-management';

export class PolicyEffectPerson {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: 'claire.martin' })
  username!: string;

  @ApiProperty({ example: 'Claire Martin' })
  displayName!: string;
}

export class PolicyEffectPeople {
  @ApiProperty({ example: 37 })
  count!: number;

  @ApiProperty({ type: [PolicyEffectPerson], description: 'At most 100, ordered by name.' })
  items!: PolicyEffectPerson[];
}

export class PolicyEffect {
  @ApiProperty({ example: 122, description: 'The number of active people of the structure.' })
  people!: number;

  @ApiProperty({ type: PolicyEffectPeople, description: 'People without a card or e-CPS.' })
  withoutCard!: PolicyEffectPeople;

  @ApiProperty({
    type: PolicyEffectPeople,
    description:
      'Of these, people without an accepted passkey or authenticator app, who could no longer sign in.',
  })
  withoutStrongMeans!: PolicyEffectPeople;

  @ApiProperty({
    type: PolicyEffectPeople,
    description:
      'People without a card or e-CPS whose identity is not verified on `identityRequiredFrom`; today’s state when that is past or null.',
  })
  withoutIdentity!: PolicyEffectPeople;

  @NullableInstant()
  identityRequiredFrom!: string | null;

  @NullableInstant()
  strongMeansFrom!: string | null;

  @NullableInstant(
    'The end of the period in which password and code open a session that can add a strong means.',
  )
  enrolmentUntil!: string | null;
}

export function effectView(
  found: StrongMeansPeople,
  unverified: UnverifiedPeople,
  { from, identityFrom }: { from: Date | null; identityFrom: Date | null },
): PolicyEffect {
  return {
    people: found.people,
    withoutCard: { count: found.withoutCard, items: found.firstWithoutCard },
    withoutStrongMeans: { count: found.withoutStrongMeans, items: found.firstWithoutStrongMeans },
    withoutIdentity: { count: unverified.count, items: unverified.first },
    identityRequiredFrom: identityFrom?.toISOString() ?? null,
    strongMeansFrom: from?.toISOString() ?? null,
    enrolmentUntil: from && addMilliseconds(from, ENROLMENT_MS).toISOString(),
  };
}
