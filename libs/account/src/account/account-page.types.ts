import type { AccountSelection } from './account-selection.constants';
import type { AccountSort } from './account-sort.constants';
import type { Account } from './account.types';

/** What a list of accounts gives. */
export interface AccountPage {
  items: Account[];
  nextCursor: string | null;
}

export interface AccountPageRequest {
  /** `nextCursor` of the page before. */
  cursor?: string;
  /** 1 to 100; what is beyond is brought back to it. */
  limit: number;
  structureId?: string;
  /** Of people of one of these alone; `structureId` is one of them, where both are said. */
  ofStructures?: readonly string[];
  status?: Account['status'];
  only?: AccountSelection;
  /** Of these alone. */
  among?: readonly string[];
  /** Default: by display name. */
  sort?: AccountSort;
}
