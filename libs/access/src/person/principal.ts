import type { SignInAccount } from '@portillon/account';
import type { Client } from '@portillon/http';
import type { CodeLimit, Device, Principal } from '@portillon/session';

/** The account data that a session stores, so that a guarded route reads a single row. */
export function principalOf(account: SignInAccount, codeLimit?: CodeLimit): Principal {
  return {
    accountId: account.id,
    username: account.username,
    displayName: account.displayName,
    roles: account.roles,
    structure: account.structure && { id: account.structure.id, name: account.structure.name },
    ...(account.branding && { face: account.branding }),
    ...(codeLimit && { codeLimit }),
    ...(account.policy.sharedWorkstations && { sharedWorkstation: true }),
  };
}

export function deviceOf(client: Client): Device {
  return { userAgent: client.userAgent, address: client.address };
}
