import { copyFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { DAY } from '@portillon/kernel';
import { describeWithProgram } from '@portillon/testing';
import { CardFixture } from '../testing/card.fixture';

const fixture = new CardFixture();
const { authority, clock } = fixture;
const outcome = fixture.outcome.bind(fixture);
const verifier = fixture.verifier.bind(fixture);
beforeAll(() => authority.make(), 60_000);
beforeEach(() => fixture.resetClock());
afterAll(() => authority.remove());

describeWithProgram('openssl', 'the revocation lists', () => {
  const file = () => authority.path('current.crl');
  const place = (name: string) => {
    copyFileSync(authority.path(`authorities/${name}`), file());
    // Two files of one size, written within one tick of the clock of the disk, look alike otherwise.
    utimesSync(file(), 1, ++placed);
  };
  let placed = 0;
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

  it.each([
    ['persons.crl', expect.any(Date)],
    ['persons.stale.crl', null],
    ['other-persons.crl', null],
    [null, null],
  ])('show operators their date and until when they are good: %s', async (name, date) => {
    rmSync(file(), { force: true });
    if (name) place(name);
    expect(await verifier(using()).listStates()).toContainEqual({
      authority: 'TEST AC IGC-SANTE FORT PERSONNES',
      issuedAt: date,
      goodUntil: date,
    });
  });

  it('of the root count for the authority, when they are given', async () => {
    const files = ['persons.crl', 'root.stale.crl'].map((name) => authority.path(`authorities/${name}`));
    expect(await outcome('cps', { revocationListFiles: files })).toBe('revocation-unknown');
  });

  it('are compulsory: no source at all refuses', async () => {
    expect(await outcome('cps', { revocationListFiles: [] })).toBe('revocation-unknown');
  });
});

describeWithProgram('openssl', 'the OCSP responder', () => {
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

  it('distinguishes a good card from a revoked one', async () => {
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
    const url = await authority.respond('persons', 'authorities/other-persons');
    expect(await outcome('cps', lone(url))).toBe('revocation-unknown');
  });

  it('that the authority named answers in its place; another certificate of the authority does not', async () => {
    const named = await authority.respond('persons', 'cards/ocsp-responder');
    expect(await outcome('cps', lone(named))).toMatchObject({ cardType: 'CPS' });
    expect(await outcome('revoked', lone(named))).toBe('revoked');
    authority.stopResponder();
    for (const other of ['cards/ocsp-impostor', 'cards/cps']) {
      const url = await authority.respond('persons', other);
      expect(await outcome('cps', lone(url))).toBe('revocation-unknown');
      authority.stopResponder();
    }
  });

  it('that does not know the card refuses it', async () => {
    // Its register is that of another authority, empty of our cards.
    writeFileSync(authority.path('authorities/nothing.index'), '');
    const register = ['-index', authority.path('authorities/nothing.index')];
    const url = await authority.respond('persons', undefined, register);
    expect(await outcome('cps', lone(url))).toBe('revocation-unknown');
  });

  it('whose answer is of another day is not believed, though it is signed', async () => {
    const url = await authority.respond();
    expect(await outcome('cps', lone(url))).toMatchObject({ cardType: 'CPS' });
    clock.advance(2 * DAY);
    expect(await outcome('cps', lone(url))).toBe('revocation-unknown');
    clock.advance(-2.5 * DAY);
    expect(await outcome('cps', lone(url))).toBe('revocation-unknown');
  });

  it('that answers an error is not believed', async () => {
    const url = await answering(() => Buffer.from([0x30, 0x03, 0x0a, 0x01, 0x03]));
    expect(await outcome('cps', lone(url))).toBe('revocation-unknown');
  });

  it('whose answer is for another question is not believed: a replayed one bears another nonce', async () => {
    const url = await authority.respond();
    const asked = await new Promise<Buffer>((resolve) => {
      void answering((body) => (resolve(body), Buffer.from('no answer'))).then((own) =>
        outcome('cps', lone(own)),
      );
    });
    const headers = { 'content-type': 'application/ocsp-request' };
    const answer = await fetch(url, { method: 'POST', body: new Uint8Array(asked), headers });
    const kept = Buffer.from(await answer.arrayBuffer());
    const replaying = await answering(() => kept);
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
    expect(await outcome('cps', lone(url))).toBe('revocation-unknown');
  }, 10_000);
});
