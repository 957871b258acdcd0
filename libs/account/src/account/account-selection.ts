import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { AccountPageRequest } from './account-page.types';
import { identityDueSince } from '../identity/identity.policy';
import { SELECTED } from './account-selection.constants';

export type AccountNarrowing = Pick<AccountPageRequest, 'only'>;

/** Restricts a query with the alias `account` to an administrator's filters. */
export function narrow<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  { only }: AccountNarrowing,
  now: Date,
): void {
  if (only) query.andWhere(SELECTED[only], { now, identityDueSince: identityDueSince(now) });
}
