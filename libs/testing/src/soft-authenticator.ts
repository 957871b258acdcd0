import { createHash, generateKeyPairSync, KeyObject, randomBytes, sign } from 'node:crypto';

/** Deviations of an authenticator or its browser. */
export interface Misconduct {
  origin?: string;
  rpId?: string;
  type?: string;
  challenge?: string;
  crossOrigin?: boolean;
  /** The user was not verified. */
  unverified?: boolean;
  /** States the opposite of the key's kind. */
  synced?: boolean;
  counter?: number;
  userHandle?: string | undefined;
  /** Signs with a foreign key. */
  forged?: boolean;
}

interface CreationOptions {
  rp: { id?: string };
  user: { id: string };
  challenge: string;
}

interface RequestOptions {
  rpId?: string;
  challenge: string;
}

const FLAGS = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 };
const NO_MODEL = Buffer.alloc(16);

/** A software authenticator with one passkey (WebAuthn level 3), correct unless a test asks for a deviation. */
export class SoftAuthenticator {
  readonly credentialId: string;
  userHandle = '';
  counter: number;
  #key = newKey();

  /** `synced` keys are backed up and have no counter, like those of phones. */
  constructor(
    private readonly origin: string,
    private readonly synced = false,
    idBytes = 32,
  ) {
    this.credentialId = randomBytes(idBytes).toString('base64url');
    this.counter = synced ? 0 : 1;
  }

  /** Creates the passkey. Returns the JSON of `navigator.credentials.create`. */
  create({ rp, user, challenge }: CreationOptions, otherwise: Misconduct = {}) {
    this.userHandle = user.id;
    const attested = Buffer.concat([NO_MODEL, this.#credential(), coseKey(this.#key.publicKey)]);
    const authData = this.#authData(rp.id ?? '', FLAGS.attested, otherwise, attested);
    const clientDataJSON = this.#clientData('webauthn.create', challenge, otherwise);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      text('fmt'),
      text('none'),
      text('attStmt'),
      Buffer.from([0xa0]),
      text('authData'),
      bytes(authData),
    ]).toString('base64url');
    return this.#answer({ clientDataJSON, attestationObject, transports: ['internal' as const] });
  }

  /** Answers a challenge. Returns the JSON of `navigator.credentials.get`. */
  get({ rpId, challenge }: RequestOptions, otherwise: Misconduct = {}) {
    if (!this.synced) this.counter += 1;
    const clientDataJSON = this.#clientData('webauthn.get', challenge, otherwise);
    const authData = this.#authData(rpId ?? '', 0, otherwise);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const { privateKey } = otherwise.forged ? newKey() : this.#key;
    const signature = sign('sha256', Buffer.concat([authData, hash]), privateKey).toString('base64url');
    const userHandle = 'userHandle' in otherwise ? otherwise.userHandle : this.userHandle;
    const authenticatorData = authData.toString('base64url');
    return this.#answer({ clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) });
  }

  #answer<Response>(response: Response) {
    const { credentialId: id } = this;
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, response };
  }

  #credential(): Buffer {
    const id = Buffer.from(this.credentialId, 'base64url');
    return Buffer.concat([Buffer.from([id.length >> 8, id.length & 0xff]), id]);
  }

  #clientData(type: string, challenge: string, otherwise: Misconduct): string {
    const { origin = this.origin, crossOrigin = false } = otherwise;
    const said = {
      type: otherwise.type ?? type,
      challenge: otherwise.challenge ?? challenge,
      origin,
      crossOrigin,
    };
    return Buffer.from(JSON.stringify(said)).toString('base64url');
  }

  #authData(rpId: string, also: number, otherwise: Misconduct, attested = Buffer.alloc(0)): Buffer {
    const verified = otherwise.unverified ? 0 : FLAGS.verified;
    const synced = (otherwise.synced ?? this.synced) ? FLAGS.eligible | FLAGS.backedUp : 0;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(otherwise.counter ?? this.counter);
    const hash = createHash('sha256')
      .update(otherwise.rpId ?? rpId)
      .digest();
    return Buffer.concat([hash, Buffer.from([FLAGS.present | verified | synced | also]), counter, attested]);
  }
}

function newKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** RFC 9053: an EC2 key for ES256. */
function coseKey(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x!, 'base64url')),
    Buffer.from([0x22]),
    bytes(Buffer.from(y!, 'base64url')),
  ]);
}

/** The used part of CBOR (RFC 8949). */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | value.length]), Buffer.from(value)]);
}

function bytes(value: Buffer): Buffer {
  const head = value.length < 256 ? [0x58, value.length] : [0x59, value.length >> 8, value.length & 0xff];
  return Buffer.concat([Buffer.from(head), value]);
}
