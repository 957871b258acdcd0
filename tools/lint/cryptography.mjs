/**
 * The only files of the server that may import `node:crypto` or `jose`, each with its purpose; a page of `npm run
 * trust` lists them. The person responsible for cryptography reviews a new file before it is added here.
 */
export const CRYPTOGRAPHERS = {
  'apps/api/src/commands/openapi.ts': 'keys of a server that only prints its description',
  'apps/api/src/settings/read/read-mail.ts': 'whether the DKIM key is one, and long enough',
  'libs/structure/src/branding/structure-branding.service.ts': 'name of a logo, by its content',
  'libs/application/src/application-keys.policy.ts':
    'whether the keys of an application are good, and long enough',
  'libs/application/src/refusals/application-refusals.service.ts': 'name of a refusal, by its content',
  'libs/audit/src/seal/seal.ts': 'digest of the lines of the journal, chained',
  'libs/authenticator/src/challenge.service.ts': 'digest of a challenge that was used',
  'libs/authenticator/src/passkey/webauthn.ts': 'digest of the id of a passkey, to find it by',
  'libs/cpx/src/card-server.service.ts': 'options of TLS on the port of the cards',
  'libs/cpx/src/certificate/certificate.ts':
    'the certificate of a card, its chain, and signatures of lists and OCSP answers',
  'libs/cpx/src/revocation/ocsp-message.ts': 'SHA-1 names of an issuer, as OCSP asks; no signature',
  'libs/credential/src/breached-passwords.ts': 'SHA-1 digest of a password, as lists of breaches have it',
  'libs/gate/src/pages/refusal-page.ts': 'digest of a style, for the policy of the page',
  'libs/gate/src/sign-in/own-pages.ts': 'challenge of PKCE',
  'libs/http/src/certificates.ts': 'the certificates of a PEM file',
  'libs/http/src/idempotency/idempotency.service.ts': 'digest of a caller and its key',
  'libs/kernel/src/keyring.ts': 'keys by purpose, sealed texts, keyed digests',
  'libs/kernel/src/random.ts': 'chance',
  'libs/kernel/src/token.ts': 'digest of the secret of a token, compared in one time',
  'libs/nest-guard/src/back-channel-logout.controller.ts': 'types alone',
  'libs/nest-guard/src/person.ts': 'types alone',
  'libs/nest-guard/src/token-verifier.service.ts': 'tokens of Portillon, verified in an application',
  'libs/notification/src/mail/dns-findings.ts': 'whether the DKIM key is that of the DNS record',
  'libs/notification/src/sms/ovh.provider.ts': 'SHA-1 signature of a request, as OVHcloud asks',
  'libs/openid/src/artifacts/openid-artifact.service.ts': 'digest of the id of a code or token',
  'libs/openid/src/keys/signing-key.service.ts': 'keys that sign tokens',
  'libs/openid/src/provider/pages/provider-page.service.ts': 'digest of a script, for the policy of the page',
  'libs/openid/src/tokens/access-token.service.ts': 'access tokens of our own, verified',
  'libs/openid/src/tokens/jwt-introspection.service.ts': 'types alone',
  'libs/pro-sante-connect/src/authorization/authorization-request.service.ts':
    'verifier of PKCE and nonce, made of the secret in the browser',
  'libs/pro-sante-connect/src/provider/provider-discovery.service.ts': 'keys of Pro Santé Connect, fetched',
  'libs/pro-sante-connect/src/provider/provider-token-verifier.service.ts':
    'tokens of Pro Santé Connect, verified',
  'libs/pro-sante-connect/src/sign-out/provider-session.service.ts': 'digest of a logout token that was used',
  'libs/rate-limit/src/rate-limiter.service.ts': 'digest of what is counted',
  'libs/session/src/trusted-device/trusted-device.policy.ts':
    'secrets of a remembered browser, and their digests',
  'libs/webhook/src/webhook-secret.service.ts': 'signature of a webhook',
};

/**
 * Cryptography is implemented once, where it can be reviewed: the kernel's Keyring, Random and tokens cover the usual
 * needs.
 */
export const cryptography = ['node:crypto', 'crypto', 'jose'].map((name) => ({
  name,
  message:
    'Ask the Keyring, the Random or the tokens of the kernel. Else: tools/lint/cryptography.mjs, with a review.',
}));
