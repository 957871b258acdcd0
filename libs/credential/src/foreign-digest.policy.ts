/** Formats of password digests that another product made. */
export type DigestFormat =
  'argon2' | 'bcrypt' | 'pbkdf2' | 'scrypt' | 'firebase-scrypt' | 'ssha' | 'ssha512' | 'sha512crypt';

/** Why a digest of another product is not taken. */
export type DigestRefusal = 'unknown-format' | 'malformed' | 'too-costly';

/** Computes the hash of a password as another product did: the parameters, and the bytes that come out. */
export type Derivation =
  | { by: 'pbkdf2'; hash: string; iterations: number; salt: Uint8Array; length: number }
  | { by: 'scrypt'; logN: number; r: number; p: number; salt: Uint8Array; length: number }
  | { by: 'firebase'; logN: number; r: number; p: number; salt: Uint8Array; key: Uint8Array }
  | { by: 'digest'; hash: string; salt: Uint8Array }
  | { by: 'sha512crypt'; setting: string };

/** How a stored digest is checked. `wrapped`: a weak hash that Argon2id protects. */
export type DigestCheck =
  | { by: 'native'; digest: string }
  | { by: 'derived'; derivation: Derivation; expected: Uint8Array }
  | { by: 'wrapped'; derivation: Derivation; digest: string };

/** A digest of another product, read. `weak` is not stored as it is. */
export type ReadDigest =
  | { format: DigestFormat; strong: string }
  | { format: DigestFormat; weak: Uint8Array; parameters: string }
  | { format?: DigestFormat; refused: DigestRefusal };

/** Width of the column. */
const LONGEST = 255;
const MEBIBYTE_KIB = 1_024;

/**
 * Maximum cost of one check, each about a third of a second on the smallest server. Above it, a digest from a hostile or
 * careless export would be a denial of service.
 */
const DIGEST_BOUNDS = {
  /** Cost of bcrypt, a power of two. */
  bcrypt: 13,
  /** Iterations of PBKDF2. */
  pbkdf2: 1_500_000,
  /** N · r · p of scrypt: the strongest set of OWASP. */
  scrypt: 2 ** 20,
  /** Memory of Argon2, KiB. */
  argon2Memory: 128 * MEBIBYTE_KIB,
  /** Memory in KiB · passes of Argon2. */
  argon2Work: 384 * MEBIBYTE_KIB,
  /** Lanes of Argon2. */
  argon2Lanes: 16,
  /** Rounds of sha512crypt. */
  sha512crypt: 100_000,
} as const;

const BASE64 = '[A-Za-z0-9+/.]+={0,2}';
const ARGON2 = new RegExp(
  `^\\$argon2(?:id|i)\\$v=(?:16|19)\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})$`,
);
const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
const PBKDF2 = new RegExp(
  `^\\$pbkdf2-(sha1|sha256|sha512)\\$i=(\\d{1,9})(?:,l=\\d{1,3})?\\$(${BASE64})\\$(${BASE64})$`,
);
/** Of passlib, whose iterations have no name. */
const PASSLIB = new RegExp(`^\\$pbkdf2-(sha256|sha512)\\$(\\d{1,9})\\$(${BASE64})\\$(${BASE64})$`);
const DJANGO = new RegExp(`^pbkdf2_(sha1|sha256)\\$(\\d{1,9})\\$([^$\\s]{1,128})\\$(${BASE64})$`);
const SCRYPT = new RegExp(
  `^\\$scrypt\\$ln=(\\d{1,2}),r=(\\d{1,2}),p=(\\d{1,2})\\$(${BASE64})\\$(${BASE64})$`,
);
const FIREBASE = new RegExp(
  `^\\$firescrypt\\$ln=(\\d{1,2}),r=(\\d{1,2}),p=(\\d{1,2})\\$(${BASE64})\\$(${BASE64})\\$(${BASE64})\\$(${BASE64})$`,
);
const LDAP = new RegExp(`^\\{(SSHA|SSHA512)\\}(${BASE64})$`, 'i');
const SHA512CRYPT = /^(\$6\$(?:rounds=(\d{1,9})\$)?[./A-Za-z0-9]{1,16})\$([./A-Za-z0-9]{86})$/;
const WRAPPED = /^\$wrapped\$(ssha|ssha512|sha512crypt)\$([^$]{1,90})(\$argon2id\$.+)$/;

const HASH_BYTES = { min: 16, max: 64 };
const SALT_BYTES = { min: 4, max: 64 };
/** Names of the schemes with a fast hash, the format and the bytes of the hash before the salt. */
const LDAP_SCHEMES = {
  SSHA: { format: 'ssha', hash: 'sha1', bytes: 20 },
  SSHA512: { format: 'ssha512', hash: 'sha512', bytes: 64 },
} as const;
const DEFAULT_SHA512CRYPT_ROUNDS = 5_000;
const FIREBASE_HASH_BYTES = 64;

/**
 * Reads a digest of another product, in the text form of its kind: PHC, modular crypt, Django, LDAP, or
 * `$firescrypt$ln=,r=,p=$salt$hash$separator$signerKey` for Firebase.
 */
export function readForeignDigest(text: string): ReadDigest {
  for (const read of [
    readWrapped,
    readArgon2,
    readBcrypt,
    readPbkdf2,
    readScrypt,
    readLdap,
    readSha512crypt,
  ]) {
    const found = read(text);
    if (found) return found;
  }
  const known = formatOfPrefix(text);
  return known ? { format: known, refused: 'malformed' } : { refused: 'unknown-format' };
}

/** How to check a stored digest, ours or another product's; nothing when it cannot be read, such as a void one. */
export function checkOf(stored: string): DigestCheck | undefined {
  if (ARGON2.test(stored) || BCRYPT.test(stored)) return { by: 'native', digest: stored };
  const wrapped = WRAPPED.exec(stored);
  if (wrapped)
    return {
      by: 'wrapped',
      derivation: weakDerivation(wrapped[1]!, wrapped[2]!),
      digest: wrapped[3]!,
    };
  return pbkdf2Check(stored) ?? scryptCheck(stored) ?? firebaseCheck(stored);
}

/** A weak hash that Argon2id protects, in one text for the column. */
export function wrappedDigest(format: DigestFormat, parameters: string, argon2id: string): string {
  return `$wrapped$${format}$${parameters}${argon2id}`;
}

/** The text that Argon2id hashes in place of a password: the weak hash. */
export function wrappedText(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64');
}

/**
 * The digest of a credential in Keycloak's export, from its `credentialData` and `secretData`; nothing when they are not
 * of a password that can be read.
 */
export function keycloakDigest(credentialData: string, secretData: string): string | undefined {
  const data = jsonOf(credentialData);
  const { value, salt } = jsonOf(secretData);
  const { algorithm, hashIterations: passes } = data;
  if (typeof value !== 'string' || typeof salt !== 'string' || typeof algorithm !== 'string')
    return undefined;
  const [plainSalt, plainHash] = [unpadded(salt), unpadded(value)];
  if (algorithm === 'argon2') {
    const one = (name: string) =>
      [(data['additionalParameters'] as Record<string, unknown>)?.[name]].flat()[0];
    const version = one('version') === '1.0' ? 16 : 19;
    const head = `$argon2${String(one('type'))}$v=${version}$m=${String(one('memory'))},t=${String(passes)}`;
    return `${head},p=${String(one('parallelism'))}$${plainSalt}$${plainHash}`;
  }
  if (algorithm === 'bcrypt') return value;
  const hash = /^pbkdf2(?:-(sha256|sha512))?$/.exec(algorithm);
  return hash ? `$pbkdf2-${hash[1] ?? 'sha1'}$i=${String(passes)}$${plainSalt}$${plainHash}` : undefined;
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function readArgon2(text: string): ReadDigest | undefined {
  const match = ARGON2.exec(text);
  if (!match) return undefined;
  const [memory, passes, lanes] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const fits =
    memory <= DIGEST_BOUNDS.argon2Memory &&
    memory * passes <= DIGEST_BOUNDS.argon2Work &&
    lanes <= DIGEST_BOUNDS.argon2Lanes;
  // The smallest that RFC 9106 allows.
  if (passes < 1 || lanes < 1 || memory < 8 * lanes) return { format: 'argon2', refused: 'malformed' };
  return bounded('argon2', text, fits);
}

/** One that was wrapped here before, and comes back from an export. */
function readWrapped(text: string): ReadDigest | undefined {
  const match = WRAPPED.exec(text);
  const protection = match && readArgon2(match[3]!);
  if (!match || !protection) return undefined;
  const format = match[1] as DigestFormat;
  if ('refused' in protection) return { format, refused: protection.refused };
  return bounded(format, text, true);
}

function readBcrypt(text: string): ReadDigest | undefined {
  const match = BCRYPT.exec(text);
  if (!match) return undefined;
  const cost = Number(match[1]);
  if (cost < 4) return { format: 'bcrypt', refused: 'malformed' };
  return bounded('bcrypt', text, cost <= DIGEST_BOUNDS.bcrypt);
}

function readPbkdf2(text: string): ReadDigest | undefined {
  const phc = phcPbkdf2(text);
  const check = phc === undefined ? undefined : pbkdf2Check(phc);
  if (!phc || !check) return undefined;
  const { iterations } = check.derivation as Derivation & { by: 'pbkdf2' };
  return bounded('pbkdf2', phc, iterations <= DIGEST_BOUNDS.pbkdf2);
}

/** Django's and passlib's texts in PHC form, in which they are stored. */
function phcPbkdf2(text: string): string | undefined {
  const django = DJANGO.exec(text);
  if (django)
    return `$pbkdf2-${django[1]}$i=${django[2]}$${base64Of(Buffer.from(django[3]!))}$${unpadded(django[4]!)}`;
  const passlib = PASSLIB.exec(text);
  if (passlib)
    return `$pbkdf2-${passlib[1]}$i=${passlib[2]}$${unpadded(passlib[3]!)}$${unpadded(passlib[4]!)}`;
  return PBKDF2.test(text) ? text : undefined;
}

function readScrypt(text: string): ReadDigest | undefined {
  const format = text.startsWith('$firescrypt$') ? 'firebase-scrypt' : 'scrypt';
  const check = scryptCheck(text) ?? firebaseCheck(text);
  if (!check) return undefined;
  const { logN, r, p } = check.derivation as Derivation & { by: 'scrypt' };
  if (logN < 1 || r < 1 || p < 1) return { format, refused: 'malformed' };
  return bounded(format, text, 2 ** logN * r * p <= DIGEST_BOUNDS.scrypt);
}

function readLdap(text: string): ReadDigest | undefined {
  const match = LDAP.exec(text);
  if (!match) return undefined;
  const name = match[1]!.toUpperCase() as keyof typeof LDAP_SCHEMES;
  const { format, bytes } = LDAP_SCHEMES[name];
  const all = bytesOf(match[2]!);
  const salt = all.subarray(bytes);
  if (!within(salt, SALT_BYTES)) return { format, refused: 'malformed' };
  return { format, weak: all.subarray(0, bytes), parameters: base64Of(salt) };
}

function readSha512crypt(text: string): ReadDigest | undefined {
  const match = SHA512CRYPT.exec(text);
  if (!match) return undefined;
  const format = 'sha512crypt';
  const rounds = Number(match[2] ?? DEFAULT_SHA512CRYPT_ROUNDS);
  if (rounds > DIGEST_BOUNDS.sha512crypt) return { format, refused: 'too-costly' };
  // A dollar sign separates the parts of the stored text.
  const parameters = match[1]!.slice('$6$'.length).replace('$', ':');
  return { format, weak: Buffer.from(match[3]!), parameters };
}

function weakDerivation(format: string, parameters: string): Derivation {
  const ldap = Object.values(LDAP_SCHEMES).find((scheme) => scheme.format === format);
  if (ldap) return { by: 'digest', hash: ldap.hash, salt: bytesOf(parameters) };
  return { by: 'sha512crypt', setting: `$6$${parameters.replace(':', '$')}` };
}

function pbkdf2Check(stored: string): (DigestCheck & { by: 'derived' }) | undefined {
  const match = PBKDF2.exec(stored);
  if (!match) return undefined;
  const [salt, expected] = [bytesOf(match[3]!), bytesOf(match[4]!)];
  const iterations = Number(match[2]);
  if (iterations < 1 || !within(expected, HASH_BYTES) || salt.length === 0) return undefined;
  const derivation = { by: 'pbkdf2', hash: match[1]!, iterations, salt, length: expected.length } as const;
  return { by: 'derived', derivation, expected };
}

function scryptCheck(stored: string): (DigestCheck & { by: 'derived' }) | undefined {
  const match = SCRYPT.exec(stored);
  if (!match) return undefined;
  const [salt, expected] = [bytesOf(match[4]!), bytesOf(match[5]!)];
  if (!within(expected, HASH_BYTES)) return undefined;
  const derivation = { by: 'scrypt', ...costOf(match), salt, length: expected.length } as const;
  return { by: 'derived', derivation, expected };
}

/** Firebase encrypts its signer key with what scrypt derives from the password. */
function firebaseCheck(stored: string): (DigestCheck & { by: 'derived' }) | undefined {
  const match = FIREBASE.exec(stored);
  if (!match) return undefined;
  const [salt, expected, separator, key] = [4, 5, 6, 7].map((index) => bytesOf(match[index]!));
  if (expected!.length !== FIREBASE_HASH_BYTES || key!.length !== FIREBASE_HASH_BYTES) return undefined;
  const whole = Buffer.concat([salt!, separator!]);
  return {
    by: 'derived',
    derivation: { by: 'firebase', ...costOf(match), salt: whole, key: key! },
    expected: expected!,
  };
}

function costOf(match: RegExpExecArray): { logN: number; r: number; p: number } {
  return { logN: Number(match[1]), r: Number(match[2]), p: Number(match[3]) };
}

function bounded(format: DigestFormat, text: string, fits: boolean): ReadDigest {
  if (!fits) return { format, refused: 'too-costly' };
  return text.length > LONGEST ? { format, refused: 'malformed' } : { format, strong: text };
}

const PREFIXES: readonly [string, DigestFormat][] = [
  ['$argon2', 'argon2'],
  ['$2', 'bcrypt'],
  ['$pbkdf2', 'pbkdf2'],
  ['pbkdf2_', 'pbkdf2'],
  ['$scrypt', 'scrypt'],
  ['$firescrypt', 'firebase-scrypt'],
  ['{ssha}', 'ssha'],
  ['{ssha512}', 'ssha512'],
  ['$6$', 'sha512crypt'],
];

function formatOfPrefix(text: string): DigestFormat | undefined {
  const start = text.slice(0, 16).toLowerCase();
  return PREFIXES.find(([prefix]) => start.startsWith(prefix))?.[1];
}

function within({ length }: Uint8Array, { min, max }: { min: number; max: number }): boolean {
  return length >= min && length <= max;
}

/** Accepts passlib's alphabet, which has a dot for the plus sign. */
function bytesOf(base64: string): Buffer {
  return Buffer.from(base64.replaceAll('.', '+'), 'base64');
}

function base64Of(bytes: Uint8Array): string {
  return unpadded(Buffer.from(bytes).toString('base64'));
}

function unpadded(base64: string): string {
  return base64.replaceAll('.', '+').replace(/=+$/, '');
}
