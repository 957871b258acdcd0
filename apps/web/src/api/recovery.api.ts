import * as api from '@portillon/api-client';
import { send } from './call';

/** Requests a link. The answer does not reveal whether the account exists. */
export const requestPasswordReset = (username: string) =>
  send(() => api.requestPasswordReset({ body: { username } }));

/** The two kinds of links that let a person choose a password. */
export type LinkKind = 'reset' | 'invitation';

const holders = { reset: api.getPasswordResetHolder, invitation: api.getInvitationHolder };

/** The person for whom a link sets the password. */
export const linkHolder = (kind: LinkKind, token: string) => send(() => holders[kind]({ body: { token } }));

const choices = { reset: api.confirmPasswordReset, invitation: api.acceptInvitation };

export const choosePassword = (kind: LinkKind, token: string, newPassword: string) =>
  send(() => choices[kind]({ body: { token, newPassword } }));

/** What a link « Ce n’était pas moi » reports, and when it took place. */
export const reportableEvent = (token: string) => send(() => api.getReportableEvent({ body: { token } }));

export const reportEvent = (token: string) => send(() => api.reportEvent({ body: { token } }));

/** The structure that proposes to join it by a link, and to whom. */
export const linkedProposal = (token: string) => send(() => api.getLinkedProposal({ body: { token } }));

export const answerLinkedProposal = (token: string, accept: boolean) =>
  send(() => api.answerLinkedProposal({ body: { token, accept } }));
