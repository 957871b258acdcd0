import { randomBytes } from 'node:crypto';
import { CompactSign, decodeJwt, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';

/** Signs the provider's tokens with a replaceable key, and can break them for a test. */
export class Signer {
  #key;

  static async create(clientSecret) {
    const signer = new Signer(clientSecret);
    await signer.rotate();
    return signer;
  }

  constructor(clientSecret) {
    this.clientSecret = clientSecret;
  }

  /** Publishes a new key that replaces the old one. */
  async rotate() {
    // Every key has a unique id, across processes too: a client with the old key must look for the new one.
    this.#key = await newKey(randomBytes(8).toString('hex'));
  }

  get privateJwk() {
    return this.#key.privateJwk;
  }

  get publicKeys() {
    return { keys: [this.#key.publicJwk] };
  }

  /** `mood`: `alg` (`none`, `HS256`), `foreignKey`, `claims` to change, `without` to leave out. */
  async again(token, mood = {}) {
    const claims = { ...decodeJwt(token), ...mood.claims };
    for (const name of mood.without ?? []) delete claims[name];
    return this.sign(claims, mood);
  }

  async sign(claims, { alg = 'RS256', foreignKey = false, type } = {}) {
    if (alg === 'none') return new UnsecuredJWT(claims).encode();
    if (alg === 'HS256')
      return new SignJWT(claims).setProtectedHeader({ alg }).sign(Buffer.from(this.clientSecret));
    const { kid } = this.#key.publicJwk;
    const key = foreignKey ? (await newKey(kid)).privateKey : this.#key.privateKey;
    const header = { alg, kid, ...(type ? { typ: type } : {}) };
    return new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader(header).sign(key);
  }
}

async function newKey(kid) {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const common = { kid, alg: 'RS256', use: 'sig' };
  return {
    privateKey,
    publicJwk: { ...(await exportJWK(publicKey)), ...common },
    privateJwk: { ...(await exportJWK(privateKey)), ...common },
  };
}
