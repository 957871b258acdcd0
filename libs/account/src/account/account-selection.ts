import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { AccountPageRequest } from './account-page.types';
import { identityDueSince } from '../identity/identity.policy';
import { SELECTED } from './account-selection.constants';

export type AccountNarrowing = Pick<AccountPageRequest, 'only'>;

/** Narrows a query that knows accounts by the alias `account` to what an administrator wants to see alone. */
export function narrow<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  { only }: AccountNarrowing,
  now: Date,
): void {
  if (only) query.andWhere(SELECTED[only], { now, identityDueSince: identityDueSince(now) });
}
