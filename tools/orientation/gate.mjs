import { readFile } from 'node:fs/promises';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';

const SCOPE = 'openid profile groups structure pro_sante';
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Requests of this application to the gate, an OpenID provider, through openid-client. */
export class Gate {
  #prepared;

  constructor(issuer, registration, url) {
    this.issuer = issuer;
    this.registration = registration;
    this.callback = `${url}/retour`;
    this.home = `${url}/`;
  }

  /** Address of the sign-in, with the data to keep for the return. `wish`: `maxAge` in seconds, `acr`. */
  async leave(wish = {}) {
    const { gate } = await this.#ready();
    const kept = {
      verifier: client.randomPKCECodeVerifier(),
      state: client.randomState(),
      nonce: client.randomNonce(),
      maxAge: wish.maxAge,
    };
    const address = client.buildAuthorizationUrl(gate, {
      redirect_uri: this.callback,
      scope: SCOPE,
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(kept.verifier),
      code_challenge_method: 'S256',
      ...(wish.loginHint ? { login_hint: wish.loginHint } : {}),
      ...(wish.maxAge === undefined ? {} : { max_age: String(wish.maxAge) }),
      claims: JSON.stringify({ id_token: { means: null, ...(wish.acr ? { acr: demanded(wish.acr) } : {}) } }),
    });
    return { address: address.href, kept };
  }

  /** Claims of the returned person, and the ID token for the sign-out. @throws errors of openid-client */
  async welcome(address, kept) {
    const { gate } = await this.#ready();
    const tokens = await client.authorizationCodeGrant(gate, new URL(address), {
      pkceCodeVerifier: kept.verifier,
      expectedState: kept.state,
      expectedNonce: kept.nonce,
      idTokenExpected: true,
      ...(kept.maxAge === undefined ? {} : { maxAge: kept.maxAge }),
    });
    const proof = tokens.claims();
    const person = await client.fetchUserInfo(gate, tokens.access_token, proof.sub);
    return { proof, person, idToken: tokens.id_token };
  }

  /** Address for signing out everywhere. */
  async farewell(idToken) {
    const { gate } = await this.#ready();
    const wish = { id_token_hint: idToken, post_logout_redirect_uri: this.home };
    return client.buildEndSessionUrl(gate, wish).href;
  }

  /** Returns the ended session of a logout token: `sid`, `sub`. @throws unless the gate issued it */
  async ended(logoutToken) {
    const { gate, keys, clientId } = await this.#ready();
    const { issuer } = gate.serverMetadata();
    const expected = { issuer, audience: clientId, typ: 'logout+jwt', requiredClaims: ['iat', 'jti'] };
    const { payload } = await jwtVerify(logoutToken, keys, expected);
    const isLogout = payload.events?.[LOGOUT_EVENT] && !('nonce' in payload) && (payload.sid || payload.sub);
    if (!isLogout) throw new Error('Not a logout token');
    return { sid: payload.sid, sub: payload.sub };
  }

  /** Loaded on first use: the gate may start after this application. */
  #ready() {
    this.#prepared ??= this.#prepare().catch((error) => {
      this.#prepared = undefined;
      throw error;
    });
    return this.#prepared;
  }

  async #prepare() {
    const { clientId, clientSecret } = JSON.parse(await readFile(this.registration, 'utf8'));
    const inClear = this.issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {};
    const proof = client.ClientSecretBasic(clientSecret);
    const gate = await client.discovery(new URL(this.issuer), clientId, undefined, proof, inClear);
    return { gate, clientId, keys: createRemoteJWKSet(new URL(gate.serverMetadata().jwks_uri)) };
  }
}

/** An essential claim is a requirement; `acr_values` would only be a preference. */
function demanded(value) {
  return { essential: true, value };
}
