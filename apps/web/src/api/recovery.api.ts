import * as api from '@portillon/api-client';
import { send } from './call';

/** Asks for a link. The answer says nothing of whether there is such an account. */
export const requestPasswordReset = (username: string) =>
  send(() => api.requestPasswordReset({ body: { username } }));

/** The two links by which a password is chosen. */
export type LinkKind = 'reset' | 'invitation';

const holders = { reset: api.getPasswordResetHolder, invitation: api.getInvitationHolder };

/** Whom a link lets choose a password. */
export const linkHolder = (kind: LinkKind, token: string) => send(() => holders[kind]({ body: { token } }));

const choices = { reset: api.confirmPasswordReset, invitation: api.acceptInvitation };

export const choosePassword = (kind: LinkKind, token: string, newPassword: string) =>
  send(() => choices[kind]({ body: { token, newPassword } }));
