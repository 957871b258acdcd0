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

  @ApiProperty({ type: [PolicyEffectPerson], description: 'By name, at most 100.' })
  items!: PolicyEffectPerson[];
}

export class PolicyEffect {
  @ApiProperty({ example: 122, description: 'How many people of the structure are active.' })
  people!: number;

  @ApiProperty({ type: PolicyEffectPeople, description: 'Whom neither card nor e-CPS lets in.' })
  withoutCard!: PolicyEffectPeople;

  @ApiProperty({
    type: PolicyEffectPeople,
    description:
      'Nor a passkey or an authenticator app that the structure would accept: who could no longer enter.',
  })
  withoutStrongMeans!: PolicyEffectPeople;

  @ApiProperty({
    type: PolicyEffectPeople,
    description:
      'Whose identity is not verified on `identityRequiredFrom`, or today where that is past or null, and whom neither card nor e-CPS lets in.',
  })
  withoutIdentity!: PolicyEffectPeople;

  @NullableInstant()
  identityRequiredFrom!: string | null;

  @NullableInstant()
  strongMeansFrom!: string | null;

  @NullableInstant('Until then password and code open a session that adds a strong means.')
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
