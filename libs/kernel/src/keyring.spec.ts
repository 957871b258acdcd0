import { SystemClock } from './clock';
import { Keyring } from './keyring';
import { SystemRandom } from './random';

const random = new SystemRandom(new SystemClock());
const key = (id: string) => ({ id, secret: random.bytes(32) });
const [old, young] = [key('2025'), key('2026')];
const ring = new Keyring([young, old]);

describe('a keyring', () => {
  it('recognises its digests, and no others', () => {
    const digest = ring.digest('code', ['sign-in', '482913']);
    expect(ring.matches(digest, 'code', ['sign-in', '482913'])).toBe(true);
    expect(ring.matches(digest, 'code', ['sign-in', '482914'])).toBe(false);
    expect(ring.matches(digest, 'token', ['sign-in', '482913'])).toBe(false);
  });

  it('frames the parts, so that no shift between them passes', () => {
    const digest = ring.digest('code', ['ab', 'c']);
    expect(ring.matches(digest, 'code', ['a', 'bc'])).toBe(false);
    expect(ring.matches(digest, 'code', ['ab,c'])).toBe(false);
  });

  it('verifies and opens the output of an older key, until that key is removed', () => {
    const before = new Keyring([old]);
    const [digest, sealed] = [before.digest('code', ['1']), before.seal('outbox', 'bonjour', random)];
    expect(ring.matches(digest, 'code', ['1'])).toBe(true);
    expect(ring.open('outbox', sealed)).toBe('bonjour');
    const after = new Keyring([young]);
    expect(after.matches(digest, 'code', ['1'])).toBe(false);
    expect(() => after.open('outbox', sealed)).toThrow('No key');
    expect([ring.has(old.id), after.has(old.id), after.has('')]).toEqual([true, false, false]);
    expect(ring.ids).toEqual([young.id, old.id]);
    expect([digest, sealed].map((made) => Keyring.keyIdOf(made))).toEqual([old.id, old.id]);
  });

  it('recognises its short digests, by any of its keys, and no others', () => {
    const short = new Keyring([old]).shortDigest('bounce', ['message-1']);
    expect(short).toMatch(/^[0-9a-f]{20}$/);
    expect(ring.matchesShort(short, 'bounce', ['message-1'])).toBe(true);
    expect(ring.matchesShort(short, 'bounce', ['message-2'])).toBe(false);
    expect(ring.matchesShort(short, 'code', ['message-1'])).toBe(false);
    expect(ring.matchesShort(short.slice(1), 'bounce', ['message-1'])).toBe(false);
    expect(new Keyring([young]).matchesShort(short, 'bounce', ['message-1'])).toBe(false);
  });

  it('refuses altered texts, and texts that were sealed for another purpose', () => {
    const sealed = ring.seal('outbox', 'bonjour', random);
    expect(() => ring.open('phone', sealed)).toThrow();
    const [prefix, body = ''] = sealed.split('.');
    const altered = `${prefix}.${body.startsWith('A') ? 'B' : 'A'}${body.slice(1)}`;
    expect(() => ring.open('outbox', altered)).toThrow();
    expect(() => ring.open('outbox', sealed.slice(0, 20))).toThrow('too short');
  });

  it('opens an encrypted text in its exact spelling only', () => {
    const sealed = ring.seal('phone', '+33612345678', random);
    for (const other of [`${sealed}x`, `${sealed}=`, `${sealed} `, sealed.replace('.', '. ')])
      expect(() => ring.open('phone', other)).toThrow();
  });

  it('never encrypts a text twice in the same way', () => {
    expect(ring.seal('outbox', 'a', random)).not.toBe(ring.seal('outbox', 'a', random));
  });

  it.each(['', 'x', 'a.b', 'nokey.00', `${young.id}.`, `${young.id}.${'0'.repeat(64)}`, '..', '🔑.0'])(
    'matches nothing with the digest "%s"',
    (digest) => expect(ring.matches(digest, 'code', ['1'])).toBe(false),
  );

  it.each([
    ['all zero', Buffer.alloc(32)],
    ['one letter again and again', Buffer.alloc(48, 'a')],
  ])('refuses a key that is %s', (_, secret) => {
    expect(() => new Keyring([{ id: 'typed', secret }])).toThrow('must be random');
    expect(() => Keyring.parse(`typed:${secret.toString('base64')}`)).toThrow('must be random');
  });

  it('refuses a key of one repeated letter', () => {
    expect(() => Keyring.parse(`typed:${'a'.repeat(43)}=`)).toThrow('must be random');
  });

  it('reads its keys from text and names what is wrong without the value', () => {
    const text = `a:${old.secret.toString('base64')},b:${young.secret.toString('base64')}`;
    expect(Keyring.parse(text).digest('p', [])).toMatch(/^a\./);
    expect(() => Keyring.parse(`${text},c:secret!`)).toThrow('Key 3 is not of the form id:base64');
    expect(() => Keyring.parse('a:c2hvcnQ=')).toThrow('at least 32 bytes');
    expect(() => Keyring.parse(`${text},${text}`)).toThrow('same id');
  });

  it.each([undefined, '', ' '])('explains how to make a key if none is set: %j', (text) => {
    expect(() => Keyring.parse(text)).toThrow('"portillon keys new"');
  });
});
