import type { AccountSelection } from './account-selection.constants';
import type { AccountSort } from './account-sort.constants';
import type { Account } from './account.types';

/** A page of a list of accounts. */
export interface AccountPage {
  items: Account[];
  nextCursor: string | null;
}

export interface AccountPageRequest {
  /** `nextCursor` of the previous page. */
  cursor?: string;
  /** 1 to 100; other values are limited to this range. */
  limit: number;
  structureId?: string;
  /** Accounts of these structures only; includes `structureId` when both are given. */
  ofStructures?: readonly string[];
  status?: Account['status'];
  only?: AccountSelection;
  /** These accounts only. */
  among?: readonly string[];
  /** Default: by display name. */
  sort?: AccountSort;
}
