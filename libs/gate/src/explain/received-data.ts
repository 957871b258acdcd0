import type { AccountProfile } from '@portillon/account';
import type { ApplicationEntity } from '@portillon/application';
import { receivedClaims } from '@portillon/openid';
import { personHeaders, textOfHeader } from '../check/identity-headers';

/** Replaces a signed assertion, which differs in each request. */
const SIGNED = '…';

/** A claim or a header that an application receives. */
export interface ReceivedItem {
  name: string;
  value: string;
}

/** What an application that admits a user receives about their account, at any sign-in: headers of the gate, or claims. */
export function receivedData(account: AccountProfile, application: ApplicationEntity): ReceivedItem[] {
  const data = application.kind === 'gate' ? headersFor : receivedClaims;
  return Object.entries(data(account, application)).map(([name, value]) => ({ name, value: textOf(value) }));
}

function headersFor(account: AccountProfile, application: ApplicationEntity): Record<string, unknown> {
  const { id, displayName, roles, email } = account;
  const person = { session: { accountId: id, principal: { displayName, roles } }, email };
  const headers = personHeaders(person, application, '');
  const read = Object.entries(headers).map(([name, value]) => [name, textOfHeader(value)] as const);
  const signed = application.gateAssertion && { 'portillon-assertion': SIGNED };
  return { ...Object.fromEntries(read), ...signed };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
