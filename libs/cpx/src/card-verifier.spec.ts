import { copyFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { DAY, SystemClock, SystemRandom } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { CardVerifier } from './card-verifier';
import { CpxOptions } from './cpx-options';
import { TestAuthority } from './testing/test-authority';

const authority = new TestAuthority();
beforeAll(() => authority.make(), 60_000);
afterAll(() => authority.remove());

const clock = new SettableClock();
beforeEach(() => clock.set(new SystemClock().now()));

function verifier(changes: Partial<CpxOptions> = {}): CardVerifier {
  const options: CpxOptions = {
    enabled: true,
    publicUrl: 'https://portillon.test',
    cardUrl: null,
    trustBundle: authority.text('trust.pem'),
    revocationListFiles: [authority.path('authorities/persons.crl')],
    ocspUrl: null,
    allowTestCards: true,
    allowServiceCards: false,
    proxySecret: null,
    trustedProxies: [],
    ...changes,
  };
  return new CardVerifier(options, clock, new SystemRandom(clock));
}

const outcome = async (card: string, changes: Partial<CpxOptions> = {}) => {
  const verdict = await verifier(changes).verify(authority.der(card));
  return verdict.status === 'accepted' ? verdict.card : verdict.reason;
};

describe('a card of a person', () => {
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

describe('what is refused', () => {
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

  it('nothing, bytes after a certificate, and an authority of its own', async () => {
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

describe('the revocation lists', () => {
  const file = () => authority.path('current.crl');
  const place = (name: string) => {
    copyFileSync(authority.path(`authorities/${name}`), file());
    // Two files of one size, written within one tick of the clock of the disk, look alike otherwise.
    utimesSync(file(), 1, Math.floor(Math.random() * 1e9));
  };
  const using = () => ({ revocationListFiles: [file()] });

  it.each(['missing.crl', 'trust.pem'])('that cannot be read (%s) refuse', async (name) => {
    expect(await outcome('cps', { revocationListFiles: [authority.path(name)] })).toBe('revocation-unknown');
  });

  it('may be PEM', async () => {
    place('persons.crl.pem');
    expect(await outcome('cps', using())).toMatchObject({ cardType: 'CPS' });
    expect(await outcome('revoked', using())).toBe('revoked');
  });

  it.each(['persons.stale.crl', 'root.crl', 'other-persons.crl', 'organisations.crl'])(
    '%s refuses: stale, or not the authority’s own',
    async (name) => {
      place(name);
      expect(await outcome('cps', using())).toBe('revocation-unknown');
    },
  );

  it('go stale by our clock', async () => {
    place('persons.crl');
    clock.advance(8 * DAY);
    expect(await outcome('cps', using())).toBe('revocation-unknown');
  });

  it('are read again when the file changes, comes or goes', async () => {
    const subject = verifier(using());
    const now = async () => (await subject.verify(authority.der('cps'))).status;
    rmSync(file(), { force: true });
    expect(await now()).toBe('rejected');
    place('persons.crl');
    expect(await now()).toBe('accepted');
    writeFileSync(file(), 'half writ');
    expect(await now()).toBe('rejected');
    place('persons.crl');
    expect(await now()).toBe('accepted');
    place('other-persons.crl');
    expect(await now()).toBe('rejected');
  });

  it('of the root count for the authority, when they are given', async () => {
    const files = ['persons.crl', 'root.stale.crl'].map((name) => authority.path(`authorities/${name}`));
    expect(await outcome('cps', { revocationListFiles: files })).toBe('revocation-unknown');
  });

  it('are compulsory: no source at all refuses', async () => {
    expect(await outcome('cps', { revocationListFiles: [] })).toBe('revocation-unknown');
  });
});

describe('the OCSP responder', () => {
  const lone = (ocspUrl: string) => ({ revocationListFiles: [], ocspUrl });
  const fakes: Server[] = [];

  afterEach(() => {
    authority.stopResponder();
    for (const fake of fakes.splice(0)) {
      fake.closeAllConnections();
      fake.close();
    }
  });

  async function answering(answer: (body: Buffer) => Buffer | undefined): Promise<string> {
    const fake = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = answer(Buffer.concat(chunks));
        if (body) response.end(body);
      });
    }).listen(0, '127.0.0.1');
    fakes.push(fake);
    await new Promise((resolve) => fake.once('listening', resolve));
    return `http://127.0.0.1:${(fake.address() as AddressInfo).port}`;
  }

  it('tells a good card from a revoked one', async () => {
    const url = await authority.respond();
    expect(await outcome('cps', lone(url))).toMatchObject({ cardType: 'CPS' });
    expect(await outcome('revoked', lone(url))).toBe('revoked');
  });

  it('must agree with the lists, when both are configured', async () => {
    const url = await authority.respond();
    expect(await outcome('cps', { ocspUrl: url })).toMatchObject({ cardType: 'CPS' });
    expect(await outcome('cps', { ocspUrl: url, revocationListFiles: ['/nowhere.crl'] })).toBe(
      'revocation-unknown',
    );
  });

  it('whose answer another authority signed is not believed', async () => {
    const url = await authority.respond('persons', 'other-persons');
    expect(await outcome('cps', lone(url))).toBe('revocation-unknown');
  });

  it('whose answer is for another question is not believed: a replayed one bears another nonce', async () => {
    const url = await authority.respond();
    let kept: Buffer | undefined;
    const replaying = await answering(() => kept);
    const forwarding = async (body: Uint8Array) =>
      Buffer.from(
        await (
          await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/ocsp-request' } })
        ).arrayBuffer(),
      );
    const asked = await new Promise<Buffer>((resolve) => {
      void answering((body) => (resolve(body), Buffer.from('no answer'))).then((own) =>
        outcome('cps', lone(own)),
      );
    });
    kept = await forwarding(new Uint8Array(asked));
    expect(await outcome('cps', lone(replaying))).toBe('revocation-unknown');
  });

  it.each([['garbage'], [''], ['x'.repeat(100_000)]])(
    'that answers nonsense is not believed',
    async (text) => {
      const url = await answering(() => Buffer.from(text));
      expect(await outcome('cps', lone(url))).toBe('revocation-unknown');
    },
  );

  it('that is down refuses', async () => {
    expect(await outcome('cps', lone('http://127.0.0.1:9'))).toBe('revocation-unknown');
  });

  it('that says nothing for 3 seconds refuses', async () => {
    const url = await answering(() => undefined);
    const start = performance.now();
    expect(await outcome('cps', lone(url))).toBe('revocation-unknown');
    expect(performance.now() - start).toBeLessThan(4_500);
  }, 10_000);
});

describe('a bundle of authorities', () => {
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
