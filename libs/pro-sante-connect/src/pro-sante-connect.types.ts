import type { OpenedSession } from '@portillon/auth';
import type { Refusal } from './refusal';

/** The parameters that the browser takes to PSC. */
export interface AuthorizationRedirect {
  url: string;
  browserCookie: string;
}

/** The user continues without a session, from the requested page. */
export interface RefusedSignIn {
  status: 'refused';
  code: Refusal;
  returnTo: string;
  /** For a user who was proved but may not sign in: the token that ends their session at PSC. */
  signOutToken?: string;
}

/** The result of a sign-in. */
export type SignInResult =
  | { status: 'signed-in'; opened: OpenedSession; returnTo: string }
  | { status: 'choice'; token: string; returnTo: string }
  | RefusedSignIn;

/** The result of a link, for « Mon compte » to show. */
export type LinkResult = { status: 'linked' } | { status: 'not-linked'; code: Refusal };

/** Handles the browser's return from PSC. */
export type ProSanteConnectResult = SignInResult | LinkResult;
