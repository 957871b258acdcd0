import type { ApplicationEntity, RefusalReason } from '@portillon/application';
import type { errors } from 'oidc-provider';

/** A refusal, for administrators of the application's settings. */
export interface ClientRefusal {
  code: string;
  detail: string;
}

/** The parameters of the request that may be shown. */
export interface RefusedParameters {
  redirect_uri?: string;
  post_logout_redirect_uri?: string;
  resource?: string | string[];
  nonce?: string;
}

type Registered = Pick<ApplicationEntity, 'kind' | 'authMethod' | 'pkce'>;

/** Answers to a client that requests no page (`prompt=none`) or calls too often: its settings are correct. */
const ORDINARY = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
  'temporarily_unavailable',
];

/** The library's texts, whole or by their ends; other texts are shown unchanged. */
const REASONS: readonly (readonly [string, RegExp, RefusalReason])[] = [
  ['invalid_client', /^invalid secret provided$/, 'secret-wrong'],
  ['invalid_client', /does not match the registered client authentication method$/, 'method-other'],
  ['invalid_client', /./, 'proof-wrong'],
  ['invalid_request', /requires PKCE to be used for this request$/, 'pkce-missing'],
  ['invalid_request', /^code_challenge must be provided/, 'pkce-missing'],
  [
    'invalid_request',
    /^(not supported value of code_challenge_method|code_challenge_method must)/,
    'pkce-method',
  ],
  ['invalid_grant', /^(code_verifier|unsupported code_challenge_method)/, 'pkce-wrong'],
  ['invalid_grant', /already (consumed|used)$/, 'already-used'],
  ['invalid_grant', /expired$/, 'too-late'],
  ['invalid_grant', /not found\)?$/, 'not-found'],
  ['invalid_grant', /^client mismatch$/, 'client-other'],
  ['invalid_grant', /redirect_uri mismatch$/, 'redirect-uri-other'],
  ['access_denied', /not for this person$/, 'audience-other'],
  ['unmet_authentication_requirements', /^no sign-in here/, 'level-unknown'],
  ['unmet_authentication_requirements', /./, 'level-unmet'],
];

/**
 * Returns the recorded part of an error that a client received; undefined when there is nothing to fix. It is a fixed text
 * of the library, a reason of ours, or the parameter at fault, and never a secret, code or token.
 */
export function clientRefusalOf(
  error: errors.OIDCProviderError,
  asked: RefusedParameters,
  application: Registered,
): ClientRefusal | undefined {
  const { error: code, error_description: description = '', error_detail: cause } = error;
  if (ORDINARY.includes(code)) return undefined;
  const text = cause ?? description;
  const reason = reasonFor(code, text, () => pkceReason(asked, application));
  // Only our own audience check depends on a setting; the user decides all others.
  if (code === 'access_denied' && !reason) return undefined;
  if (/^post_logout_redirect_uri not registered$/.test(description))
    return { code: 'invalid_post_logout_redirect_uri', detail: shownUri(asked.post_logout_redirect_uri) };
  return { code, detail: reason ?? clientsText(error, asked) ?? description };
}

function reasonFor(code: string, text: string, withoutPkce: () => RefusalReason): RefusalReason | undefined {
  const reason = REASONS.find(([of, pattern]) => of === code && pattern.test(text))?.[2];
  return reason === 'pkce-missing' ? withoutPkce() : reason;
}

/** An application that authenticates and sends a nonce can be allowed to omit PKCE. */
function pkceReason({ nonce }: RefusedParameters, { kind, authMethod, pkce }: Registered): RefusalReason {
  if (pkce === 'nonce') return 'pkce-or-nonce-missing';
  const mayUseNonce = kind === 'web' && authMethod !== 'none' && Boolean(nonce);
  return mayUseNonce ? 'pkce-missing-nonce-sent' : 'pkce-missing';
}

/** The client's value, when the error text does not name it. */
function clientsText(error: errors.OIDCProviderError, asked: RefusedParameters): string | undefined {
  if (error.error === 'invalid_redirect_uri') return shownUri(asked.redirect_uri);
  if (error.error === 'invalid_scope') return (error as { scope?: string }).scope;
  return error.error === 'invalid_target' ? shownUri(asked.resource) : undefined;
}

/** The exact address, without a password and the values of its query or fragment. */
function shownUri(uri: string | string[] = ''): string {
  return [uri]
    .flat()
    .map((one) =>
      one
        .replace(/\/\/[^/?#]*@/u, '//…@')
        .replace(/=[^&#]*/gu, '=…')
        .replace(/#.*/su, '#…'),
    )
    .join(' ');
}
