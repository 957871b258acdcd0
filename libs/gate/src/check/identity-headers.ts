import { placedFor } from '@portillon/application';
import type { ApplicationEntity, GatedApplication } from '@portillon/application';
import type { Principal } from '@portillon/session';
import type { AccountProfile } from '@portillon/account';
import { receivedClaims } from '@portillon/openid';

/** Replaces an empty value: without a value Caddy before 2.10 forwards the client's own header of that name. */
const NOTHING = '-';

/** The headers of an answer that lets anyone pass. */
export const NO_PERSON = identityHeaders({});

interface DescribedPerson {
  session: {
    accountId: string;
    principal: Pick<Principal, 'displayName' | 'roles' | 'structure' | 'memberships'>;
  };
  email: string;
}

/** Replaces a signed assertion, which differs in each request. */
const SIGNED = '…';

/** A claim or a header that an application receives. */
export interface ReceivedItem {
  name: string;
  value: string;
}

/** The headers that describe the user to the application, within its rights. */
export function personHeaders(
  { session, email }: DescribedPerson,
  application: GatedApplication,
  assertion: string,
) {
  const { displayName } = session.principal;
  const { roles, structure } = placedFor(application, session.principal);
  return identityHeaders({
    // The id, because it never passes to another person; a user name can.
    user: session.accountId,
    groups: application.claimGroups ? roles.join(',') : '',
    name: application.claimNames ? displayName : '',
    email: application.claimMail ? email : '',
    structure: structure?.id,
    assertion,
  });
}

function identityHeaders(
  identity: Partial<
    Record<'user' | 'groups' | 'name' | 'email' | 'structure' | 'assertion', string | undefined>
  >,
) {
  return {
    'remote-user': headerText(identity.user),
    'remote-groups': headerText(identity.groups),
    'remote-name': headerText(identity.name),
    'remote-email': headerText(identity.email),
    'remote-structure': headerText(identity.structure),
    'portillon-assertion': headerText(identity.assertion),
  };
}

/**
 * UTF-8 bytes: Node writes each character of a header as one. A name that reached the table by another program may have
 * line breaks, which Node refuses in a header.
 */
function headerText(text = ''): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim();
  return Buffer.from(line || NOTHING, 'utf8').toString('latin1');
}

/** Reads a header's value as the application does. */
function textOfHeader(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

/** What an application that admits a user receives about their account, at any sign-in: headers of the gate, or claims. */
export function receivedData(account: AccountProfile, application: ApplicationEntity): ReceivedItem[] {
  const data = application.kind === 'gate' ? headersFor : receivedClaims;
  return Object.entries(data(account, application)).map(([name, value]) => ({ name, value: textOf(value) }));
}

function headersFor(account: AccountProfile, application: ApplicationEntity): Record<string, unknown> {
  const { id, displayName, roles, structure, email } = account;
  const memberships = [...account.memberships];
  const principal = { displayName, roles, structure, memberships };
  const person = { session: { accountId: id, principal }, email };
  const headers = personHeaders(person, application, '');
  const read = Object.entries(headers).map(([name, value]) => [name, textOfHeader(value)] as const);
  const signed = application.gateAssertion && { 'portillon-assertion': SIGNED };
  return { ...Object.fromEntries(read), ...signed };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
