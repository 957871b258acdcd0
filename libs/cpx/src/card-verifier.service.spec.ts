import { DAY } from '@portillon/kernel';
import { describeWithProgram, processorMs } from '@portillon/testing';
import { CardFixture } from './testing/card.fixture';

const fixture = new CardFixture();
const { authority, clock } = fixture;
const outcome = fixture.outcome.bind(fixture);
const verifier = fixture.verifier.bind(fixture);
beforeAll(() => authority.make(), 60_000);
beforeEach(() => fixture.resetClock());
afterAll(() => authority.remove());

describeWithProgram('openssl', 'a card of a person', () => {
  it('CPS: takes the national id and the names, in one RDN of several', async () => {
    expect(await outcome('cps')).toEqual({
      nationalId: '899700366240',
      surname: 'MARTIN',
      givenName: 'CLAIRE',
      title: 'Médecin',
      cardType: 'CPS',
      cardSerial: '8025000001/2600366240',
      structure: null,
      test: true,
    });
  });

  it('CPE: takes the structure too, and a national id with a slash', async () => {
    expect(await outcome('cpe')).toMatchObject({
      nationalId: '30B0057881/CPET0002',
      surname: 'ADMINISTRATIF-CH057880002',
      cardType: 'CPE',
      structure: { id: '10B0057881', name: 'HOPITAL DES 3 DAMES' },
    });
  });

  it('CDE: is the card of a director, of the type of the staff’s', async () => {
    expect(await outcome('cde')).toMatchObject({
      nationalId: '30B0057881/CDET0001',
      title: 'Directeur d’établissement',
      cardType: 'CPE',
      structure: { id: '10B0057881', name: 'HOPITAL DES 3 DAMES' },
    });
  });

  it('CPF and CPA: reads letters that need UTF-8', async () => {
    expect(await outcome('cpf')).toMatchObject({
      surname: 'LEFÈVRE-D’AUBIGNÉ',
      givenName: 'ZOÉ',
      cardType: 'CPF',
    });
    const cpa = { cardType: 'CPA', structure: { id: '1440042844', name: 'CENTRE DE SANTÉ DU PORT' } };
    expect(await outcome('cpa')).toMatchObject({
      ...cpa,
      surname: 'BÉNÉDÉ',
      nationalId: '3440042844/CPAT0007',
    });
  });

  it('with a dotted principal name is the person of its CN', async () => {
    expect(await outcome('dotted-upn')).toMatchObject({ nationalId: '899700434378', surname: 'ŒUVRARD' });
  });

  it('with an ADELI id is taken', async () => {
    expect(await outcome('sandbox-id')).toMatchObject({ nationalId: '00B0600001' });
  });

  it('that is real needs no leave for test cards', async () => {
    const real = {
      trustBundle: authority.text('real-trust.pem'),
      revocationListFiles: [authority.path('authorities/real-persons.crl')],
      allowTestCards: false,
    };
    expect(await outcome('real-card', real)).toMatchObject({ nationalId: '899700366240', test: false });
  });
});

describeWithProgram('openssl', 'what is refused', () => {
  it.each([
    ['expired', 'expired'],
    ['not-yet-valid', 'not-yet-valid'],
    ['revoked', 'revoked'],
    ['signature', 'not-for-authentication'],
    ['no-digital-signature', 'not-for-authentication'],
    ['no-client-auth', 'not-for-authentication'],
    ['service-card', 'not-nominative'],
    ['organisation', 'unknown-authority'],
    ['organisation-as-card', 'unknown-authority'],
    ['other-authority', 'unknown-authority'],
    ['same-subject-other-key', 'unknown-authority'],
    ['self-signed', 'unknown-authority'],
    ['no-category', 'not-a-card'],
    ['unknown-category', 'not-a-card'],
    ['upn-of-another', 'unclear-identity'],
    ['unknown-critical', 'unknown-critical-extension'],
    ['truncated', 'malformed'],
    ['garbage', 'malformed'],
  ])('%s: %s', async (card, reason) => expect(await outcome(card)).toBe(reason));

  it('a card of the organisations, though its authority is in the bundle', async () => {
    const whole = { trustBundle: authority.text('whole-trust.pem') };
    expect(await outcome('organisation-as-card', whole)).toBe('not-a-person-authority');
    expect(await outcome('organisation', whole)).toBe('not-a-person-authority');
  });

  it('a test card, unless they are allowed', async () => {
    expect(await outcome('cps', { allowTestCards: false })).toBe('test-card');
  });

  it('a test card that claims to be real, by its authority', async () => {
    const bundle = { trustBundle: authority.text('whole-trust.pem'), allowTestCards: false };
    expect(await outcome('cps', bundle)).toBe('test-card');
  });

  it('an empty text, bytes after a certificate, and an unknown authority', async () => {
    const verdicts = [
      Buffer.alloc(0),
      Buffer.concat([authority.der('cps'), Buffer.from([0])]),
      authority.der('cps').subarray(0, -1),
      Buffer.alloc(10_000, 0x30),
    ].map((der) => verifier().verify(der));
    for (const verdict of await Promise.all(verdicts)) expect(verdict).toMatchObject({ reason: 'malformed' });
  });

  it('a card with one bit turned, wherever it is', async () => {
    const der = authority.der('cps');
    const subject = verifier();
    for (let place = 4; place < der.length; place += 37) {
      const turned = Buffer.from(der);
      turned[place]! ^= 0x01;
      expect((await subject.verify(turned)).status).toBe('rejected');
    }
  });

  it('every card once its authority has expired, by our clock', async () => {
    clock.advance(20 * 365 * DAY);
    expect(await outcome('cps')).toBe('expired');
  });

  it('a service card, unless they are allowed', async () => {
    expect(await outcome('service-card', { allowServiceCards: true })).toMatchObject({
      nationalId: '3760021832/000000018',
      surname: null,
    });
  });
});

describeWithProgram('openssl', 'a bundle of authorities', () => {
  it.each([
    ['nothing', () => ''],
    ['a root alone', () => authority.text('authorities/root.pem')],
    ['the authority of organisations', () => authority.text('authorities/organisations.pem')],
    ['a broken certificate', () => authority.text('cards/garbage.pem')],
  ])('that holds %s cannot serve', (_what, bundle) => {
    expect(() => verifier({ trustBundle: bundle() })).toThrow();
  });

  it('may leave the root out: the authority of persons is what is trusted', async () => {
    expect(await outcome('cps', { trustBundle: authority.text('authorities/persons.pem') })).toMatchObject({
      cardType: 'CPS',
    });
  });
});

describeWithProgram('openssl', 'bytes made to be read for ever', () => {
  /** A card with one byte in 48 turned over, each in its turn: tags, lengths, names, keys. */
  const altered = (der: Buffer) =>
    Array.from({ length: Math.floor(der.length / 48) }, (_, index) => {
      const bytes = Buffer.from(der);
      bytes[index * 48 + (index % 48)]! ^= 0xff;
      return bytes;
    });
  const nested = (head: string, times: number) => Buffer.from(head.repeat(times), 'hex');

  it('are refused in under 50 ms of the processor each', async () => {
    const cards = verifier();
    const hostile = [
      ...altered(authority.der('cps')),
      nested('3080', 4_000),
      nested('30841fffffff', 1_300),
      Buffer.concat([Buffer.from('06821f00', 'hex'), Buffer.alloc(7_936, 0xff)]),
      Buffer.alloc(1_048_576, 0x30),
    ];
    for (const der of hostile) {
      const spent = await processorMs(async () =>
        expect(await cards.verify(der)).toMatchObject({ status: 'rejected' }),
      );
      expect(spent).toBeLessThan(50);
    }
  });
});
