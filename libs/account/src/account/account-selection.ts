import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { AccountPageRequest } from './account-page.types';
import { identityDueSince } from '../identity/identity.policy';
import { BY_EMERGENCY, SELECTED } from './account-selection.constants';

export type AccountNarrowing = Pick<AccountPageRequest, 'only' | 'notOfStructures' | 'apartFrom'>;

/** Narrows a query that knows accounts by the alias `account` to what an administrator wants to see alone. */
export function narrow<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  { only, notOfStructures, apartFrom }: AccountNarrowing,
  now: Date,
): void {
  if (only) query.andWhere(SELECTED[only], { now, identityDueSince: identityDueSince(now) });
  if (apartFrom?.length) query.andWhere('account.id NOT IN (:...apartFrom)', { apartFrom });
  if (notOfStructures?.length)
    query.andWhere(
      `(account.structureId IS NULL OR account.structureId NOT IN (:...notOfStructures) OR ${BY_EMERGENCY})`,
      { notOfStructures, now },
    );
}
