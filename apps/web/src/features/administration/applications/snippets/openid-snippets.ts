import type { AdminApplication } from '../../../../api/types';
import type { Snippet } from './snippet.types';

const SECRET = '<client-secret>';

/** The sign-in settings of each technology. */
export function openidSnippets(
  { id, redirectUris, scopes, authMethod }: AdminApplication,
  issuer: string,
): Snippet[] {
  const back = redirectUris[0] ?? '';
  const scope = scopes.join(' ');
  const secret = authMethod === 'none' ? '' : SECRET;
  return [
    { id: 'node', name: 'Node.js (openid-client)', text: nodeText(id, secret, issuer, back, scope) },
    { id: 'spring', name: 'Spring Security', text: springText(id, secret, issuer, back, scopes) },
    { id: 'apache', name: 'Apache (mod_auth_openidc)', text: apacheText(id, secret, issuer, back, scope) },
  ];
}

function nodeText(id: string, secret: string, issuer: string, back: string, scope: string): string {
  const proof = secret ? `client.ClientSecretBasic('${secret}')` : 'client.None()';
  const inClear = issuer.startsWith('http:') ? ', { execute: [client.allowInsecureRequests] }' : '';
  return `import * as client from 'openid-client';

const proof = ${proof};
const config = await client.discovery(new URL('${issuer}'), '${id}', undefined, proof${inClear});
const verifier = client.randomPKCECodeVerifier();
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: '${back}',
  scope: '${scope}',
  state: client.randomState(),
  nonce: client.randomNonce(),
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});`;
}

function springText(id: string, secret: string, issuer: string, back: string, scopes: string[]): string {
  return `spring.security.oauth2.client:
  registration.portillon:
    client-id: ${id}
    client-secret: ${secret || '""'}
    client-authentication-method: ${secret ? 'client_secret_basic' : 'none'}
    authorization-grant-type: authorization_code
    redirect-uri: ${back}
    scope: ${scopes.join(', ')}
  provider.portillon.issuer-uri: ${issuer}

# Spring Boot 3 sends no PKCE without this bean:
#   @Bean
#   SecurityFilterChain pkce(HttpSecurity http, ClientRegistrationRepository clients) throws Exception {
#     var resolver = new DefaultOAuth2AuthorizationRequestResolver(clients, "/oauth2/authorization");
#     resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
#     return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
#         .oauth2Login(login -> login.authorizationEndpoint(end -> end.authorizationRequestResolver(resolver)))
#         .build();
#   }`;
}

function apacheText(id: string, secret: string, issuer: string, back: string, scope: string): string {
  const proof = secret ? `\nOIDCClientSecret ${secret}` : '\nOIDCProviderTokenEndpointAuth none';
  return `OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${id}${proof}
OIDCRedirectURI ${back}
OIDCScope "${scope}"
OIDCPKCEMethod S256
OIDCRemoteUserClaim sub
OIDCCryptoPassphrase <random>
<Location />
  AuthType openid-connect
  Require valid-user
</Location>`;
}
