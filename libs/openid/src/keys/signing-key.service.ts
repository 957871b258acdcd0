import { Injectable } from '@nestjs/common';
import { Clock, Keyring, Random, SECOND } from '@portillon/kernel';
import {
  CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  JSONWebKeySet,
  JWK,
  JWTPayload,
  SignJWT,
} from 'jose';
import {
  SigningKeyEntity,
  publishedSince,
  SIGNING_ALGORITHMS,
  SigningAlgorithm,
  SigningKeyInfo,
  SigningKeyState,
  SigningKeyRepository,
} from './signing-key.repository';

const SEAL = 'openid.signing-key';
/** 128 bits of strength (ASVS 5.0, 11.2.3). A key of another kind has none. */
const RSA_BITS = 3_072;
const BITS_PER_BYTE = 8;

/** The active key of an algorithm, which signs, comes first. */
const ORDER: readonly SigningKeyState[] = ['active', 'next', 'retired'];

/** A key that has signed here, with the text of the row that it was made of. */
interface ImportedKey {
  sealed: string;
  key: CryptoKey;
}

/** A rotation reaches every instance so much later. What it retires is published for a day, as what it activates was. */
const READ_EVERY_MS = SECOND;

/** The keys that sign tokens. */
@Injectable()
export class SigningKeyService {
  readonly #imported = new Map<SigningAlgorithm, ImportedKey>();
  #read?: { at: number; rows: SigningKeyEntity[] };

  constructor(
    private readonly rows: SigningKeyRepository,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Signs a JWT with the active key. The caller gives every claim, times too; `typ` distinguishes kinds of JWT. */
  async sign(claims: JWTPayload, { typ, alg }: { typ: string; alg: SigningAlgorithm }): Promise<string> {
    const rows = await this.published();
    const active = rows.find((row) => row.algorithm === alg && row.state === 'active')!;
    return new SignJWT(claims)
      .setProtectedHeader({ alg, kid: active.id, typ })
      .sign(await this.#import(active));
  }

  /** The public halves of the keys that sign, that will and that did (RFC 7517). */
  async jwks(): Promise<JSONWebKeySet> {
    return { keys: (await this.#standing()).map((row) => publicHalf(this.open(row))) };
  }

  /** Every published key, sealed, the active ones first. Of a clock that stepped back nothing is taken for recent. */
  async published(): Promise<SigningKeyEntity[]> {
    const at = this.clock.now().getTime();
    const age = this.#read && at - this.#read.at;
    if (age === undefined || age < 0 || age >= READ_EVERY_MS)
      this.#read = { at, rows: await this.#standing() };
    return this.#read!.rows;
  }

  /** The private JWK of a key. */
  open({ sealed }: SigningKeyEntity): JWK {
    return JSON.parse(this.keyring.open(SEAL, sealed)) as JWK;
  }

  /** The keys as they are listed, oldest first. Makes none. */
  async list(): Promise<SigningKeyInfo[]> {
    return (await this.#current()).map(({ sealed, slot, ...info }) => info);
  }

  /** How many bits each key has, by its id: of its modulus or its curve. Of one that the ring cannot open, nothing. */
  async bits(): Promise<Map<string, number>> {
    const rows = await this.#current();
    const known = rows.filter(({ sealed }) => this.keyring.has(Keyring.keyIdOf(sealed)));
    return new Map(known.map((row) => [row.id, bitsOf(this.open(row))]));
  }

  /** Creates a key. Returns false when such a key exists already. */
  async make(algorithm: SigningAlgorithm, state: 'next' | 'active'): Promise<boolean> {
    const now = this.clock.now();
    const id = this.random.id();
    const { privateKey } = await generateKeyPair(algorithm, { modulusLength: RSA_BITS, extractable: true });
    const jwk: JWK = { ...(await exportJWK(privateKey)), kid: id, alg: algorithm, use: 'sig' };
    return this.rows.add({
      id,
      algorithm,
      state,
      slot: slotOf(algorithm, state),
      sealed: this.keyring.seal(SEAL, JSON.stringify(jwk), this.random),
      createdAt: now,
      activatedAt: state === 'active' ? now : null,
      retiredAt: null,
    });
  }

  /** Deletes the keys that are no longer published. Returns their number. */
  purge(): Promise<number> {
    return this.rows.deleteRetiredBefore(publishedSince(this.clock.now()));
  }

  /** Returns the published keys with their states. The first call of a deployment creates its keys. */
  async #standing(): Promise<SigningKeyEntity[]> {
    let rows = await this.#current();
    for (const algorithm of SIGNING_ALGORITHMS) {
      if (rows.some((row) => row.algorithm === algorithm && row.state === 'active')) continue;
      await this.make(algorithm, 'active');
      rows = await this.#current();
    }
    return rows.sort(byUse);
  }

  async #current(): Promise<SigningKeyEntity[]> {
    const since = publishedSince(this.clock.now());
    return (await this.rows.all()).filter(({ retiredAt }) => retiredAt === null || retiredAt >= since);
  }

  /** Once for each row that signs: importing a key costs more than a signature. */
  async #import(row: SigningKeyEntity): Promise<CryptoKey> {
    const { algorithm, sealed } = row;
    const known = this.#imported.get(algorithm);
    if (known?.sealed === sealed) return known.key;
    const key = (await importJWK(this.open(row), algorithm)) as CryptoKey;
    this.#imported.set(algorithm, { sealed, key });
    return key;
  }
}

/** There is one key of an algorithm that is active, and one that is next. */
export function slotOf(algorithm: SigningAlgorithm, state: 'next' | 'active'): string {
  return `${algorithm} ${state}`;
}

function bitsOf({ n, x }: JWK): number {
  return Buffer.from((n ?? x)!, 'base64url').length * BITS_PER_BYTE;
}

function byUse(one: SigningKeyEntity, other: SigningKeyEntity): number {
  const [a, b] = [one, other].map(
    (row) => ORDER.indexOf(row.state) * SIGNING_ALGORITHMS.length + SIGNING_ALGORITHMS.indexOf(row.algorithm),
  );
  return a! - b!;
}

/** Named one by one: a member that a later version of `jose` adds is not published unasked. */
function publicHalf({ kty, kid, alg, use, n, e, crv, x, y }: JWK): JWK {
  const members = Object.entries({ kty, kid, alg, use, n, e, crv, x, y });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}
