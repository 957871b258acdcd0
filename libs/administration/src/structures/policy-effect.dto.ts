import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';
import { ENROLMENT_MS } from '@portillon/structure';
import type { CardlessPerson, UnverifiedPeople } from '@portillon/account';
import { addMilliseconds } from '@portillon/kernel';
import { isWithinReach } from '@portillon/user-management';
import type { Scope, StrongMeansPeople } from '@portillon/user-management';

export class PolicyEffectPerson {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    example: 'claire.martin',
    description: 'Empty for a person whom another structure manages.',
  })
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
  scope: Scope,
): PolicyEffect {
  const shown = (people: readonly CardlessPerson[]): PolicyEffectPerson[] =>
    people.map(({ structureId, username, ...person }) => ({
      ...person,
      username: isWithinReach(scope, structureId) ? username : '',
    }));
  return {
    people: found.people,
    withoutCard: { count: found.withoutCard, items: shown(found.firstWithoutCard) },
    withoutStrongMeans: { count: found.withoutStrongMeans, items: shown(found.firstWithoutStrongMeans) },
    withoutIdentity: { count: unverified.count, items: shown(unverified.first) },
    identityRequiredFrom: identityFrom?.toISOString() ?? null,
    strongMeansFrom: from?.toISOString() ?? null,
    enrolmentUntil: from && addMilliseconds(from, ENROLMENT_MS).toISOString(),
  };
}
