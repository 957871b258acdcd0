import { MINUTE } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, Misconduct, SoftAuthenticator } from '@portillon/testing';
import { authenticatorPersistence } from '../authenticator.persistence';
import type { AssertionCheck, AssertionRequest, VerifiedAssertion } from './passkey-assertion.service';
import { ORIGIN, PasskeyFixture, PAUL, SIGN_IN } from '../testing/passkey.fixture';

const MANY = 16;
const stepUp = (accountId: string, binding = 'session'): AssertionRequest => ({
  purpose: 'step-up',
  binding,
  accountId,
});

describeOnEveryEngine('the answer of a passkey', [authenticatorPersistence], (database) => {
  let bench: PasskeyFixture;
  let key: SoftAuthenticator;

  beforeEach(async () => {
    await database.empty();
    bench = new PasskeyFixture(database);
    key = await bench.enrolled();
  });

  async function answer(otherwise: Misconduct = {}, asked: AssertionRequest = SIGN_IN, by = key) {
    const { options, cookie } = await bench.assertions.begin(asked);
    return bench.assertions.check(asked, cookie, by.get(options, otherwise));
  }
  const consume = (verified: AssertionCheck) =>
    database.transactions.run((tx) => bench.assertions.consume(verified as VerifiedAssertion, tx));
  const refused = (reason: string) => ({ status: 'rejected', reason });

  it('identifies the person without a user name', async () => {
    expect(await answer()).toMatchObject({ status: 'verified', passkey: { accountId: 'claire' } });
    expect((await bench.assertions.begin(SIGN_IN)).options.allowCredentials).toEqual([]);
  });

  it.each<[string, Misconduct, string]>([
    ['of a look-alike page', { origin: 'https://portillon.example.net' }, 'passkey-not-verified'],
    ['for another relying party', { rpId: 'example.net' }, 'passkey-not-verified'],
    ['from inside a page of another origin', { crossOrigin: true }, 'passkey-cross-origin'],
    ['that was made to enrol', { type: 'webauthn.create' }, 'passkey-not-verified'],
    ['to a challenge of the attacker’s', { challenge: 'AAAA' }, 'passkey-not-verified'],
    ['signed by another key', { forged: true }, 'passkey-not-verified'],
    ['whose person was not verified', { unverified: true }, 'passkey-not-verified'],
    ['whose key is suddenly synced', { synced: true }, 'passkey-backup'],
    ['whose counter stands still', { counter: 1 }, 'passkey-counter'],
    ['whose counter went back to nothing', { counter: 0 }, 'passkey-counter'],
    [
      'that names another person',
      { userHandle: Buffer.alloc(32).toString('base64url') },
      'passkey-other-person',
    ],
    ['that names no person', { userHandle: undefined }, 'passkey-other-person'],
  ])('%s is refused', async (_, otherwise, reason) => {
    expect(await answer(otherwise)).toMatchObject(refused(reason));
  });

  it('is accepted from a related origin, and refused from any other or inside a frame', async () => {
    const related = 'https://orientation.example';
    expect(await answer({ origin: related })).toMatchObject(refused('passkey-not-verified'));
    bench.options.relatedOrigins.push(related);
    expect(await answer({ origin: related, crossOrigin: true })).toMatchObject(
      refused('passkey-cross-origin'),
    );
    for (const origin of [`${related}.net`, 'http://orientation.example', `${related}:8443`])
      expect(await answer({ origin })).toMatchObject(refused('passkey-not-verified'));
    expect(await answer({ origin: related })).toMatchObject({ status: 'verified' });
    expect(await answer()).toMatchObject({ status: 'verified' });
  });

  it('needs no counter when the key is synced', async () => {
    const phone = await bench.enrolled(PAUL, true);
    for (let times = 0; times < 2; times += 1)
      expect(await consume(await answer({}, SIGN_IN, phone))).toBe(true);
  });

  it('by an unknown or ended passkey is refused as unknown', async () => {
    expect(await answer({}, SIGN_IN, new SoftAuthenticator(ORIGIN))).toEqual({ status: 'unknown' });
    const [passkey] = await bench.passkeys.list('claire');
    await database.transactions.run((tx) => bench.passkeys.end('claire', passkey!.id, tx));
    expect(await answer()).toEqual({ status: 'unknown' });
  });

  it('to a challenge of another browser, purpose or session is refused', async () => {
    const { options, cookie } = await bench.assertions.begin(SIGN_IN);
    const { cookie: another } = await bench.assertions.begin(SIGN_IN);
    const signed = key.get(options);
    for (const wrong of [undefined, '', `${cookie}x`, cookie.replace('.', '.A')])
      expect(await bench.assertions.check(SIGN_IN, wrong, signed)).toMatchObject(
        refused('passkey-challenge'),
      );
    expect(await bench.assertions.check(SIGN_IN, another, signed)).toMatchObject(
      refused('passkey-not-verified'),
    );
    expect(await bench.assertions.check(stepUp('claire'), cookie, signed)).toMatchObject(
      refused('passkey-challenge'),
    );
    const own = await bench.assertions.begin(stepUp('claire', 'one'));
    expect(
      await bench.assertions.check(stepUp('claire', 'two'), own.cookie, key.get(own.options)),
    ).toMatchObject(refused('passkey-challenge'));
  });

  it("is refused in another person's session, which requests that person's own passkeys only", async () => {
    const other = await bench.enrolled(PAUL);
    expect(await answer({}, stepUp('claire'), other)).toMatchObject(refused('passkey-other-person'));
    expect(await answer({ userHandle: undefined }, stepUp('claire'))).toMatchObject({ status: 'verified' });
    const { options } = await bench.assertions.begin(stepUp('claire'));
    expect(options.allowCredentials).toMatchObject([{ id: key.credentialId }]);
  });

  it('is refused after ten minutes, even if a clock steps back', async () => {
    const { options, cookie } = await bench.assertions.begin(SIGN_IN);
    const signed = key.get(options);
    const verified = await bench.assertions.check(SIGN_IN, cookie, signed);
    bench.clock.advance(10 * MINUTE);
    expect(await bench.assertions.check(SIGN_IN, cookie, signed)).toMatchObject(refused('passkey-challenge'));
    expect(await consume(verified)).toBe(false);
  });

  it('is accepted once, and not again when the clock steps back', async () => {
    const verified = await answer();
    expect(await consume(verified)).toBe(true);
    bench.clock.advance(-5 * MINUTE);
    expect(await consume(verified)).toBe(false);
  });

  it(`has one winner when ${MANY} bring it at once`, async () => {
    const verified = await answer();
    const { results, errors } = await concurrently(MANY, () => consume(verified));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('is not used up by a transaction that fails', async () => {
    const verified = await answer();
    const failing = database.transactions.run(async (tx) => {
      await bench.assertions.consume(verified as VerifiedAssertion, tx);
      throw new Error('the session could not be opened');
    });
    await expect(failing).rejects.toThrow();
    expect(await consume(verified)).toBe(true);
  });

  it('counts once when two are read concurrently and the key has a counter', async () => {
    const [first, second] = [await answer(), await answer()];
    expect([await consume(second), await consume(first)]).toEqual([true, false]);
  });

  it('stores no used challenge longer than any instance could accept it', async () => {
    await consume(await answer());
    bench.clock.advance(10 * MINUTE);
    expect(await bench.challenges.purge(10)).toBe(0);
    bench.clock.advance(5 * MINUTE);
    // That of the enrolment too.
    expect(await bench.challenges.purge(10)).toBe(2);
  });
});
