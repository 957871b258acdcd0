/** A class of OCSF 1.1 with an activity. */
export interface OcsfAct {
  class: { uid: number; name: string };
  activity: { id: number; name: string };
}

const ACCOUNT_CHANGE = { uid: 3001, name: 'Account Change' };

export const AUTHENTICATION = { uid: 3002, name: 'Authentication' };

const AUTHORIZE_SESSION = { uid: 3003, name: 'Authorize Session' };

export const ENTITY_MANAGEMENT = { uid: 3004, name: 'Entity Management' };

const act =
  (ocsfClass: OcsfAct['class']) =>
  (id: number, name: string): OcsfAct => ({ class: ocsfClass, activity: { id, name } });

const account = act(ACCOUNT_CHANGE);

const authentication = act(AUTHENTICATION);

const entity = act(ENTITY_MANAGEMENT);

/** Activities of OCSF that an event can be, by class. */
export const OCSF_ACTS = {
  'account.create': account(1, 'Create'),
  'account.enable': account(2, 'Enable'),
  'account.password-change': account(3, 'Password Change'),
  'account.password-reset': account(4, 'Password Reset'),
  'account.disable': account(5, 'Disable'),
  'account.delete': account(6, 'Delete'),
  'account.attach-policy': account(7, 'Attach Policy'),
  'account.lock': account(9, 'Lock'),
  'account.mfa-factor-enable': account(10, 'MFA Factor Enable'),
  'account.mfa-factor-disable': account(11, 'MFA Factor Disable'),
  'account.other': account(99, 'Other'),
  // A sent code is not a sign-in: the successes of Logon are the sign-ins.
  'authentication.logon': authentication(1, 'Logon'),
  'authentication.logoff': authentication(2, 'Logoff'),
  'authentication.other': authentication(99, 'Other'),
  'session.other': act(AUTHORIZE_SESSION)(99, 'Other'),
  'entity.create': entity(1, 'Create'),
  'entity.read': entity(2, 'Read'),
  'entity.update': entity(3, 'Update'),
  'entity.delete': entity(4, 'Delete'),
  'entity.other': entity(99, 'Other'),
} as const;

export type OcsfActName = keyof typeof OCSF_ACTS;
