export type {
  Account,
  ActivityItem,
  BrowserItem,
  Challenge,
  Means,
  Service,
  Session,
} from '@portillon/api-client';
import type { Account } from '@portillon/api-client';

export type Channel = Account['codeChannel'];
export type Locale = Account['locale'];
