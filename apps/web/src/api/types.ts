import type { Account, AdminAccountItem, InteractionView } from '@portillon/api-client';

/** The types of the API, and those that the pages derive from them. */
export type * from '@portillon/api-client';
export type { InteractionView as Interaction } from '@portillon/api-client';

/** A row of the list, with the fields that it shares with the page of one account. */
export type AccountLine = Omit<AdminAccountItem, 'entry'>;
export type Channel = Account['codeChannel'];
/** A proof that a person gives in an open session. */
export type StepUpWay = InteractionView['codes'][number] | 'passkey';
