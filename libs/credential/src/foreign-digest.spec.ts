import { MetricsRegistry, SystemClock, SystemRandom } from '@portillon/kernel';
import { passwordOptions } from './credential.options';
import { checkOf, keycloakDigest, readForeignDigest } from './foreign-digest.policy';
import { PasswordHashingService } from './password-hashing.service';

jest.setTimeout(60_000);

const PHRASE = 'Le cheval bleu mange 3 pommes';
const SALT = 'c2Vsc2VsMDEyMzQ1Njc4OQ';
/** A hash of 32 bytes, of no password. */
const HASH = 'A'.repeat(43);

/** Made by Python's hashlib and crypt, and by argon2-cffi. */
const MADE_ELSEWHERE: [kind: string, format: string, text: string][] = [
  [
    'Argon2id of Keycloak 26',
    'argon2',
    `$argon2id$v=19$m=7168,t=5,p=1$${SALT}$ktiHVSSM0bMiQEKSAFmv6tCq6jSvubPqTxbvPuqtbdE`,
  ],
  ['Argon2i', 'argon2', `$argon2i$v=19$m=4096,t=3,p=1$${SALT}$MQJOmDMKmh3xVCoia34FMhLyNOcgYdclp2GwcglANAw`],
  [
    'Argon2i of version 16 with four lanes',
    'argon2',
    '$argon2i$v=16$m=4096,t=3,p=4$c2Vsc2VsMDE$eQzxZISXWBkl4h3ynCtoyg',
  ],
  ['bcrypt 2y', 'bcrypt', '$2y$05$abcdefghijklmnopqrstuuZit4uyQKIkkawwkt362pGBn4nTb8J9q'],
  ['bcrypt 2a', 'bcrypt', '$2a$05$abcdefghijklmnopqrstuuZit4uyQKIkkawwkt362pGBn4nTb8J9q'],
  ['bcrypt 2b', 'bcrypt', '$2b$05$abcdefghijklmnopqrstuuZit4uyQKIkkawwkt362pGBn4nTb8J9q'],
  [
    'PBKDF2 of Django',
    'pbkdf2',
    'pbkdf2_sha256$1000$abcDEF123456$+Gmfk64BnuEWrba/nWpHSxQRpQsZBrnfLBv38NJLD18=',
  ],
  ['PBKDF2 of Django with SHA-1', 'pbkdf2', 'pbkdf2_sha1$1000$abcDEF123456$iPsL80mKjvZadh0resu0LHKPZVc='],
  [
    'PBKDF2 in PHC form',
    'pbkdf2',
    `$pbkdf2-sha512$i=1000,l=64$${SALT}$fFvmE7myQDU4Bt09eHSRoIijbU8XaLHR/d9aqzGcJNQmfVAB2ot3HJI5b/+6fGlECn9/hEH2YveAZLxXg4jYnQ`,
  ],
  ['PBKDF2 of passlib', 'pbkdf2', `$pbkdf2-sha256$1000$${SALT}$2Kd8o3x7MbRbz7TaxRtddUNu.KtXymV6C86/BJbRVB0`],
  [
    'scrypt in PHC form',
    'scrypt',
    `$scrypt$ln=12,r=8,p=1$${SALT}$+MI/V1jjODZhRBIwZDa7Uo8cIDqCOJocaYreZtdaMWs`,
  ],
  ['{SSHA}', 'ssha', '{SSHA}zkGAEB/8gsvFrZQS0fuqmqG4lW1zZWxzZWwwMQ=='],
  [
    '{SSHA512}',
    'ssha512',
    '{SSHA512}l81QLkKgMgOsPQgkXvLniV2Y/KU+qG0nMerALPTtMqmpzjNHggDgAmPCLwgjDkmeHIfm+kSehuRygvCIxd/lNHNlbHNlbDAx',
  ],
  [
    'sha512crypt',
    'sha512crypt',
    '$6$saltsaltsalt$AjYanwnNd0hVnxql5tjWn7Mydo7K1.fekKdXUJar7NQpLDy7Vt/hzaeY4ox3P6KKm9cNLpd6T2jaOLTIo/u4I/',
  ],
  [
    'sha512crypt with rounds',
    'sha512crypt',
    '$6$rounds=1000$saltsaltsalt$kPM7TRsYXQggngwWMuE2/iqGiD/2pNlQwMTdDNxMGebPEkYU73sJl6yU1kgxKP5d4vw9dFs3XcUR8NZJDEbSJ1',
  ],
];

/** The example of Firebase's own documentation, in the form of Ory Kratos. */
const FIREBASE =
  '$firescrypt$ln=14,r=8,p=1$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$Bw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==';

describe('a digest of another product', () => {
  const passwords = new PasswordHashingService(
    passwordOptions({ threads: 1 }),
    new SystemRandom(new SystemClock()),
    new MetricsRegistry(),
  );
  afterAll(() => passwords.onApplicationShutdown());

  it.each(MADE_ELSEWHERE)('recognises the password of %s, and no other one', async (_kind, format, text) => {
    const taken = await passwords.take(text);
    const { digest } = taken as { digest: string };
    expect(taken).toEqual({ format, digest, replaced: true });
    expect(digest.length).toBeLessThanOrEqual(255);
    expect(passwords.needsRehash(digest)).toBe(true);
    expect(await passwords.verify(digest, PHRASE)).toBe(true);
    for (const wrong of [`${PHRASE} `, PHRASE.toLowerCase(), ''])
      expect(await passwords.verify(digest, wrong)).toBe(false);
  });

  it('recognises the password of Firebase', async () => {
    const taken = await passwords.take(FIREBASE);
    expect(taken).toEqual({ format: 'firebase-scrypt', digest: FIREBASE, replaced: true });
    expect(await passwords.verify(FIREBASE, 'user1password')).toBe(true);
    expect(await passwords.verify(FIREBASE, 'user2password')).toBe(false);
  });

  it.each(MADE_ELSEWHERE.filter(([, format]) => format.includes('sha')))(
    'does not contain the weak hash of %s',
    async (_kind, _format, text) => {
      const { digest } = (await passwords.take(text)) as { digest: string };
      expect(digest).toMatch(/^\$wrapped\$[a-z0-9]+\$[^$]+\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(digest).not.toContain(text.replace(/^\{\w+\}/, '').slice(-40, -12));
    },
  );

  it('of our strength stays, and is not replaced', async () => {
    const own = await passwords.hash(PHRASE);
    expect(await passwords.take(own)).toEqual({ format: 'argon2', digest: own, replaced: false });
  });

  it.each([
    ['argon2', `$argon2id$v=19$m=2097152,t=1,p=1$${SALT}$${HASH}`],
    ['argon2', `$argon2id$v=19$m=131072,t=4,p=1$${SALT}$${HASH}`],
    ['argon2', `$argon2id$v=19$m=19456,t=9999,p=1$${SALT}$${HASH}`],
    ['argon2', `$argon2i$v=19$m=19456,t=2,p=255$${SALT}$${HASH}`],
    ['bcrypt', '$2b$31$abcdefghijklmnopqrstuuZit4uyQKIkkawwkt362pGBn4nTb8J9q'],
    ['pbkdf2', `$pbkdf2-sha256$i=999999999$${SALT}$${HASH}`],
    ['scrypt', `$scrypt$ln=31,r=8,p=1$${SALT}$${HASH}`],
    ['scrypt', `$scrypt$ln=14,r=64,p=16$${SALT}$${HASH}`],
    ['firebase-scrypt', FIREBASE.replace('ln=14', 'ln=40')],
    ['sha512crypt', `$6$rounds=999999999$salt$${'a'.repeat(86)}`],
  ])('that would cost too much is refused as %s', async (format, text) => {
    expect(await passwords.take(text)).toEqual({ format, refused: 'too-costly' });
  });

  it.each([
    ['argon2', `$argon2d$v=19$m=19456,t=2,p=1$${SALT}$${HASH}`],
    ['argon2', `$argon2id$v=19$m=0,t=2,p=1$${SALT}$${HASH}`],
    ['argon2', `$argon2id$v=19$m=19456,t=2,p=1$$${HASH}`],
    ['bcrypt', '$2b$10$tooshort'],
    ['bcrypt', '$2b$00$abcdefghijklmnopqrstuuZit4uyQKIkkawwkt362pGBn4nTb8J9q'],
    ['pbkdf2', `$pbkdf2-md5$i=1000$${SALT}$${HASH}`],
    ['pbkdf2', `$pbkdf2-sha256$i=0$${SALT}$${HASH}`],
    ['pbkdf2', `$pbkdf2-sha256$i=1000$${SALT}$AAAA`],
    ['scrypt', `$scrypt$ln=0,r=8,p=1$${SALT}$${HASH}`],
    ['ssha', '{SSHA}not base64'],
    ['ssha', '{SSHA}AAAA'],
    ['ssha512', '{SSHA512}zkGAEB/8gsvFrZQS0fuqmqG4lW1zZWxzZWwwMQ=='],
    ['sha512crypt', '$6$salt$short'],
    [undefined, '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g='],
    [undefined, '$1$salt$qJH7.N4xYta3aEG/dfqo/0'],
    [undefined, '5f4dcc3b5aa765d61d8327deb882cf99'],
    [undefined, 'secret'],
    [undefined, ''],
    [undefined, '$'.repeat(100_000)],
  ])('that cannot be read is refused as %s', async (format, text) => {
    const refused = format ? 'malformed' : 'unknown-format';
    expect(await passwords.take(text)).toEqual({ ...(format && { format }), refused });
  });

  it('that is void is not readable', () => {
    expect(checkOf('taken:moved')).toBeUndefined();
  });

  it('of many shapes is read in linear time', () => {
    const started = performance.now();
    for (const head of [
      '$argon2id$v=19$m=1,t=1,p=1$',
      '$pbkdf2-sha256$i=1$',
      '{SSHA}',
      '$6$',
      'pbkdf2_sha1$1$',
    ])
      expect(readForeignDigest(head + 'A'.repeat(200_000))).toHaveProperty('refused');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('a credential of Keycloak', () => {
  it('of Argon2 is its digest', () => {
    const data = {
      hashIterations: 5,
      algorithm: 'argon2',
      additionalParameters: {
        hashLength: ['32'],
        memory: ['7168'],
        type: ['id'],
        version: ['1.3'],
        parallelism: ['1'],
      },
    };
    const secret = { value: `${HASH}=`, salt: `${SALT}==`, additionalParameters: {} };
    expect(keycloakDigest(JSON.stringify(data), JSON.stringify(secret))).toBe(
      `$argon2id$v=19$m=7168,t=5,p=1$${SALT}$${HASH}`,
    );
  });

  it.each([
    ['pbkdf2-sha512', 'sha512'],
    ['pbkdf2-sha256', 'sha256'],
    ['pbkdf2', 'sha1'],
  ])('of %s is its digest', (algorithm, hash) => {
    const data = JSON.stringify({ hashIterations: 210_000, algorithm, additionalParameters: {} });
    const secret = JSON.stringify({ value: `${HASH}=`, salt: `${SALT}==` });
    expect(keycloakDigest(data, secret)).toBe(`$pbkdf2-${hash}$i=210000$${SALT}$${HASH}`);
  });

  it.each([
    ['{', '{}'],
    ['null', '[]'],
    ['{"algorithm":"argon2"}', '{"value":1,"salt":"AA"}'],
    ['{"algorithm":"md5","hashIterations":1}', '{"value":"AAAA","salt":"AA"}'],
  ])('that is not readable has none: %s %s', (data, secret) => {
    expect(keycloakDigest(data, secret)).toBeUndefined();
  });
});
