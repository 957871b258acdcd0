import { createSecretKey, createHmac, generateKeyPairSync, KeyObject, randomUUID, sign } from 'node:crypto';
import { Keyring, SystemClock, SystemRandom } from '@portillon/kernel';
import { insertSecret, requestToken } from '../applications/relying-party';
import type { Stage } from './stage';

const SCOPES = 'accounts:read accounts:write sessions:end events:read structures:read';
const INSERT_APPLICATION = `INSERT INTO application (id, kind, structureId, name, nameKey, redirectUris,
  postLogoutRedirectUris, authMethod, scopes, audienceRoles, audienceStructures, audienceProfessions, confirmIdentity,
  trusted, claimsShape, claimNames, claimMail, claimGroups, resources, status, version, createdAt, updatedAt)
  VALUES (?, ?, ?, ?, ?, '[]', '[]', 'client_secret_basic', ?, '[]', '[]', '[]', 0, 0, 'plain', 0, 0, 0, '[]', 'active', 1, ?, ?)`;
const INSERT_KEY = `INSERT INTO signingKey (id, algorithm, state, slot, sealed, createdAt, activatedAt, retiredAt)
  VALUES (?, 'RS256', 'retired', NULL, ?, ?, ?, ?)`;

export interface Service {
  id: string;
  structureId: string | null;
}

/** The claims and the signature of a forged token, where they differ from a valid one. */
export interface TokenChanges {
  header?: object;
  claims?: object;
  sign?: (text: string) => string;
}

/**
 * Services and their tokens, as the provider makes them: signed by a key that the deployment publishes. It is made here,
 * so that tokens can be forged that the provider never makes.
 */
export class Machines {
  readonly #kid = randomUUID();
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

  constructor(private readonly stage: Stage) {}

  /** Publishes the key, as one that signed until now. */
  async open(): Promise<void> {
    const jwk = {
      ...this.#keys.privateKey.export({ format: 'jwk' }),
      kid: this.#kid,
      alg: 'RS256',
      use: 'sig',
    };
    const random = new SystemRandom(new SystemClock());
    const keyring = Keyring.parse(this.stage.environment['SECRET_KEYS']!);
    const sealed = keyring.seal('openid.signing-key', JSON.stringify(jwk), random);
    const now = new Date();
    await this.stage.database.execute(INSERT_KEY, [this.#kid, sealed, now, now, now]);
  }

  async service(structureId: string | null, kind = 'service'): Promise<Service> {
    const id = randomUUID();
    const now = new Date();
    const row = [id, kind, structureId, `Directory ${id}`, `directory ${id}`, SCOPES, now, now];
    await this.stage.database.execute(INSERT_APPLICATION, row);
    return { id, structureId };
  }

  token({ id, structureId }: Service, { header = {}, claims = {}, sign: signer }: TokenChanges = {}): string {
    const now = Math.floor(Date.now() / 1_000);
    const audience = this.stage.environment['PUBLIC_URL'];
    const parts = [
      { alg: 'RS256', typ: 'at+jwt', kid: this.#kid, ...header },
      {
        iss: audience,
        aud: audience,
        sub: id,
        client_id: id,
        jti: randomUUID(),
        iat: now,
        exp: now + 600,
        scope: SCOPES,
        ...(structureId === null ? {} : { structure: structureId }),
        ...claims,
      },
    ];
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${text}.${(signer ?? this.#sign)(text)}`;
  }

  /** A token of the provider itself. */
  async issued({ id }: Service): Promise<string> {
    const client = { id, secret: await insertSecret(this.stage, id) };
    const resource = this.stage.environment['PUBLIC_URL']!;
    return requestToken(this.stage.server.url, client, { scope: SCOPES, resource });
  }

  /** The public key as the secret of an HMAC: the classic confusion of algorithms. */
  readonly signAsHmac = (text: string): string => {
    const pem = this.#keys.publicKey.export({ format: 'pem', type: 'spki' });
    return createHmac('sha256', createSecretKey(Buffer.from(pem)))
      .update(text)
      .digest('base64url');
  };

  readonly signElsewhere = (text: string): string =>
    signature(text, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);

  readonly #sign = (text: string): string => signature(text, this.#keys.privateKey);
}

function signature(text: string, key: KeyObject): string {
  return sign('sha256', Buffer.from(text), key).toString('base64url');
}

export function bearer(token: string, headers: Record<string, string> = {}) {
  return { headers: { ...headers, authorization: `Bearer ${token}` } };
}
