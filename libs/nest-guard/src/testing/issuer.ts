import { exportJWK, generateKeyPair, JWTPayload, SignJWT } from 'jose';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const PORTILLON = 'https://portillon.example';
export const APPLICATION = '0199c1a0-0000-7000-8000-000000000001';

type Headers = { alg?: string; typ?: string; kid?: string };

/** A fake Portillon for applications: serves its keys over HTTP, and signs tokens. */
export class Issuer {
  readonly #keys = new Map<string, Awaited<ReturnType<typeof generateKeyPair>>>();
  readonly #server: Server;
  /** Number of requests for the keys. */
  fetched = 0;
  /** Status of the answer with the keys. */
  status = 200;

  private constructor() {
    this.#server = createServer((_, response) => {
      this.fetched += 1;
      void this.#published().then((keys) => response.writeHead(this.status).end(JSON.stringify({ keys })));
    });
  }

  static async start(): Promise<Issuer> {
    const issuer = new Issuer();
    await issuer.addKey('first');
    await new Promise<void>((resolve) => issuer.#server.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  get jwksUri(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/oidc/jwks`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async addKey(kid: string): Promise<void> {
    this.#keys.set(kid, await generateKeyPair('ES256', { extractable: true }));
  }

  /** An assertion of the gate about Claire for a request; `undefined` leaves a claim out. */
  assertion(changes: JWTPayload = {}, headers: Headers = {}): Promise<string> {
    const { now } = this;
    const claims = {
      acr: 'eidas1',
      amr: ['pwd', 'mail'],
      auth_time: now,
      sid: 'session',
      name: 'Claire Martin',
    };
    return this.sign(
      { ...claims, exp: now + 60, ...changes },
      { typ: 'portillon-assertion+jwt', ...headers },
    );
  }

  accessToken(changes: JWTPayload = {}, headers: Headers = {}): Promise<string> {
    const claims = { client_id: 'another', scope: 'openid dossiers:read', exp: this.now + 600 };
    return this.sign({ ...claims, ...changes }, { typ: 'at+jwt', ...headers });
  }

  logoutToken(changes: JWTPayload = {}, headers: Headers = {}): Promise<string> {
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    return this.sign({ events, jti: 'once', sid: 'session', ...changes }, { typ: 'logout+jwt', ...headers });
  }

  async sign(changes: JWTPayload, { alg = 'ES256', kid = 'first', ...headers }: Headers): Promise<string> {
    const ours = { iss: PORTILLON, aud: APPLICATION, sub: 'claire', iat: this.now };
    const jwt = new SignJWT({ ...ours, ...changes }).setProtectedHeader({ alg, kid, ...headers });
    return jwt.sign(alg === 'HS256' ? await this.#publicBytes(kid) : this.#keys.get(kid)!.privateKey);
  }

  get now(): number {
    return Math.floor(Date.now() / 1_000);
  }

  /** The attacker's HMAC key: the public key. */
  async #publicBytes(kid: string): Promise<Uint8Array> {
    return new TextEncoder().encode(JSON.stringify(await exportJWK(this.#keys.get(kid)!.publicKey)));
  }

  #published() {
    const keys = [...this.#keys].map(async ([kid, { publicKey }]) => ({
      ...(await exportJWK(publicKey)),
      kid,
      alg: 'ES256',
      use: 'sig',
    }));
    return Promise.all(keys);
  }
}
