import { concurrently, SoftAuthenticator } from '@portillon/testing/servers';
import { addPasskey } from '../harness/people/add-passkey';
import { AuthenticatorApp, describeWithOathtool } from '../harness/people/authenticator-app';
import { PASSWORD, Person } from '../harness/people/person';
import { afterPassword, giveRecoveryCode as give, makeRecoveryCodes } from '../harness/people/recovery-codes';
import { EVERY_FACTOR, useSharedStage } from '../harness/server/stage';

const ORIGIN = 'http://portillon.test';
const MANY = 16;
const DAY = 86_400_000;
const GUESS = '0000-0000-0000-0000-0000-0000';

const stage = useSharedStage(EVERY_FACTOR);

async function signedInWithCodes(structureId?: string) {
  const { person, browser } = await stage.signedIn(structureId ? { structureId } : {});
  return { person, browser, codes: await makeRecoveryCodes(browser) };
}

/** As if these moments of the person's sessions were six minutes ago. */
const age = (person: Person, column: string) =>
  stage.database.execute(`UPDATE session SET ${column} = ? WHERE accountId = ?`, [
    new Date(Date.now() - 6 * 60_000),
    person.id,
  ]);

const lines = (person: Person, name: string) =>
  stage.database.rows('SELECT channel, reason FROM auditEvent WHERE accountId = ? AND name = ? ORDER BY id', [
    person.id,
    name,
  ]);

const usedBy = (person: Person) =>
  stage.database.rows('SELECT position FROM recoveryCode WHERE accountId = ? AND usedAt IS NOT NULL', [
    person.id,
  ]);

describe('recovery codes', () => {
  it('are ten, shown once, after password and code; their person is notified, all else ends', async () => {
    const { person, browser } = await stage.signedIn();
    const other = stage.visitor();
    await person.signIn(other);
    expect((await browser.get('/api/account/recovery-codes')).body).toEqual({
      offered: true,
      createdAt: null,
      remaining: 0,
    });
    expect(new Set(await makeRecoveryCodes(browser)).size).toBe(10);
    expect((await browser.get('/api/account/recovery-codes')).body).toMatchObject({ remaining: 10 });
    expect((await other.get('/api/session')).outcome).toBe('401 session.required');
    expect(await person.mailAbout('vous avez de nouveaux codes de secours')).toContain(
      '/ce-n-etait-pas-moi#',
    );
    expect(await lines(person, 'recovery_codes_created')).toHaveLength(1);
  });

  it('open a session that can only add a means, in a browser that is not remembered', async () => {
    const { person, codes } = await signedInWithCodes();
    const { visitor, begun } = await afterPassword(stage, person);
    expect(begun.body.alternatives).toEqual(['recovery-code']);
    const answer = await give(visitor, codes[3]!.toLowerCase().replaceAll('-', ' '));
    expect(answer.body.session).toMatchObject({ limitedTo: 'enrolment', recovered: true, amr: ['pwd'] });
    expect([...visitor.cookies.keys()]).toEqual(['portillon_session']);
    for (const closed of ['/api/account/sessions', '/api/account/data', '/api/account/recovery-codes'])
      expect((await visitor.get(closed)).outcome).toBe('403 enrolment.required');
    expect((await visitor.post('/api/account/recovery-codes', {})).outcome).toBe('403 enrolment.required');
    expect(await person.mailAbout('un code de secours a servi')).toContain('Il vous en reste 9.');
    expect((await lines(person, 'authn_login_success')).at(-1)).toMatchObject({ channel: 'RECOVERY_CODE' });

    const { key, added } = await addPasskey(visitor, new SoftAuthenticator(ORIGIN));
    expect(added.status).toBe(201);
    const { body } = await visitor.post('/api/sign-in/passkey/options', {});
    const entered = await visitor.post('/api/sign-in/passkey', { credential: key.get(body.options) });
    expect(entered.body.session).toMatchObject({ limitedTo: null, recovered: false });
    expect((await visitor.get('/api/account/recovery-codes')).body.remaining).toBe(9);
    await visitor.delete('/api/session');
    expect((await person.givePassword(visitor)).body.status).toBe('code-required');
  });

  it('open one session when one comes 16 times at once', async () => {
    const { person, codes } = await signedInWithCodes();
    const { visitor } = await afterPassword(stage, person);
    const twins = Array.from({ length: MANY }, () => visitor.copy());
    const { results } = await concurrently(MANY, (index) => give(twins[index]!, codes[0]!));
    expect(results.filter(({ outcome }) => outcome === '200')).toHaveLength(1);
    expect(await usedBy(person)).toHaveLength(1);
  });

  it('are refused when one is used again', async () => {
    const { person, codes } = await signedInWithCodes();
    await give((await afterPassword(stage, person)).visitor, codes[0]!);
    const { visitor } = await afterPassword(stage, person);
    expect((await give(visitor, codes[0]!)).outcome).toBe('401 recovery-code.rejected');
    expect((await give(visitor, codes[1]!)).outcome).toBe('200');
  });

  it('are guessed ten times, then locked with the codes that are sent, whatever browser guesses', async () => {
    const { person, codes } = await signedInWithCodes();
    const other = (await afterPassword(stage, person)).visitor;
    const { visitor } = await afterPassword(stage, person);
    for (let guess = 1; guess < 10; guess++)
      expect((await give(guess % 2 ? visitor : other, GUESS)).outcome).toBe('401 recovery-code.rejected');
    expect((await give(visitor, GUESS)).outcome).toBe('429 attempts.exceeded');
    expect((await give(visitor, codes[0]!)).outcome).toBe('429 attempts.exceeded');
    const sent = await visitor.post('/api/sign-in/code/resend', {});
    expect(sent.outcome).toBe('429 attempts.exceeded');
  });

  it('answer a wrong code, another person’s and one of a person who has none alike, and count all', async () => {
    const { person, codes } = await signedInWithCodes();
    const { person: without } = await stage.signedIn();
    await signedInWithCodes();
    expect((await give(stage.visitor(), codes[0]!)).outcome).toBe('401 sign-in.required');
    const one = await afterPassword(stage, without);
    expect(one.begun.body.alternatives).toEqual([]);
    const other = await afterPassword(stage, person);
    const answers = [await give(one.visitor, codes[0]!), await give(other.visitor, GUESS)];
    for (const { outcome } of answers) expect(outcome).toBe('401 recovery-code.rejected');
    const shown = answers.map(({ body: { title, detail, status } }) => ({ title, detail, status }));
    expect(shown[0]).toEqual(shown[1]);
    for (const whose of [without, person])
      expect(await lines(whose, 'authn_code_fail')).toEqual([
        { channel: 'RECOVERY_CODE', reason: 'rejected' },
      ]);
    expect((await give(other.visitor, 'not-a-code')).outcome).toBe('422 validation.failed');
    expect((await give(other.visitor, codes[0]!)).outcome).toBe('200');
  });

  it('are made by no stolen session: the code must be fresh, and the password too', async () => {
    const { person, browser } = await signedInWithCodes();
    const path = '/api/account/recovery-codes';
    await age(person, 'authenticatedAt');
    expect((await browser.post(path, {})).outcome).toBe('401 reauthentication.required');
    expect((await browser.delete(path)).outcome).toBe('401 reauthentication.required');
    await browser.post('/api/session/challenge', {});
    await browser.post('/api/session/challenge/code', { code: person.codeInMail() });
    await age(person, 'signedInAt');
    expect((await browser.post(path, {})).outcome).toBe('401 password.confirmation-required');
    expect((await browser.post(path, { currentPassword: 'Autre-Chose-2026' })).outcome).toBe(
      '422 password.wrong',
    );
    expect((await browser.get(path)).body.remaining).toBe(10);
    expect((await browser.post(path, { currentPassword: PASSWORD })).outcome).toBe('201');
  });

  it('confirm no sensitive act in a session that is open', async () => {
    const { person, browser, codes } = await signedInWithCodes();
    await age(person, 'authenticatedAt');
    expect((await browser.post('/api/session/challenge', {})).body.alternatives).toEqual([]);
    const given = await browser.post('/api/session/challenge/code', { code: codes[0] });
    expect(given.outcome).toBe('422 validation.failed');
  });

  it('are replaced as a whole, and end when their person or an administrator says so', async () => {
    const { person, browser, codes } = await signedInWithCodes();
    const fresh = await makeRecoveryCodes(browser);
    const { visitor } = await afterPassword(stage, person);
    expect((await give(visitor, codes[0]!)).outcome).toBe('401 recovery-code.rejected');
    expect((await browser.delete('/api/account/recovery-codes')).outcome).toBe('204');
    expect((await browser.delete('/api/account/recovery-codes')).outcome).toBe('404 not-found');
    const deleted = (await afterPassword(stage, person)).visitor;
    expect((await give(deleted, fresh[0]!)).outcome).toBe('401 recovery-code.rejected');
    expect(await lines(person, 'recovery_codes_ended')).toHaveLength(1);

    const reset = await signedInWithCodes();
    const { browser: administrator } = await stage.signedIn({ role: 'structure-admin' });
    const path = `/api/admin/accounts/${reset.person.id}/reset-factors`;
    expect((await administrator.post(path, { reason: 'feuille perdue' })).outcome).toBe('200');
    const after = await afterPassword(stage, reset.person);
    expect(after.begun.body.alternatives).toEqual([]);
    expect((await give(after.visitor, reset.codes[0]!)).outcome).toBe('401 recovery-code.rejected');
  });

  it('are counted and ended only by an administrator of the structure', async () => {
    const { person, codes } = await signedInWithCodes();
    const { browser: administrator } = await stage.signedIn({ role: 'structure-admin' });
    const elsewhere = { role: 'structure-admin', structureId: await stage.structure() };
    const { browser: stranger } = await stage.signedIn(elsewhere);
    const path = `/api/admin/accounts/${person.id}`;
    expect((await administrator.get(`${path}/means`)).body.recoveryCodes).toMatchObject({ remaining: 10 });
    expect((await stranger.get(`${path}/means`)).outcome).toBe('404 not-found');
    expect((await stranger.post(`${path}/recovery-codes/end`, {})).outcome).toBe('404 not-found');
    const ended = await administrator.post(`${path}/recovery-codes/end`, { reason: 'feuille perdue' });
    expect(ended.body).toEqual({ passkeys: [], totp: null, recoveryCodes: null });
    const { visitor } = await afterPassword(stage, person);
    expect((await give(visitor, codes[0]!)).outcome).toBe('401 recovery-code.rejected');
    expect(await person.mailAbout('vos codes de secours n’ouvrent plus rien')).toContain('Détruisez');
  });

  it('are in a user’s data export, without the codes, and are deleted with the account', async () => {
    const { person, browser, codes } = await signedInWithCodes();
    const { body } = await browser.get('/api/account/data');
    expect(body.recoveryCodes).toMatchObject({ remaining: 10 });
    for (const code of codes) expect(JSON.stringify(body)).not.toContain(code);
    const { browser: administrator } = await stage.signedIn({ role: 'structure-admin' });
    const path = `/api/admin/accounts/${person.id}`;
    await browser.post('/api/account/erasure-request', {});
    expect((await administrator.post(`${path}/erase`, { reason: 'départ' })).outcome).toBe('200');
    expect(
      await stage.database.rows('SELECT position FROM recoveryCode WHERE accountId = ?', [person.id]),
    ).toEqual([]);
  });

  it('are refused for an account closed after its password, and no code is consumed', async () => {
    const { person, codes } = await signedInWithCodes();
    const { visitor } = await afterPassword(stage, person);
    await stage.database.execute("UPDATE account SET status = 'DEACTIVATED' WHERE id = ?", [person.id]);
    expect((await give(visitor, codes[0]!)).outcome).toBe('401 sign-in.required');
    expect(await usedBy(person)).toEqual([]);
  });

  it('are refused where the operator no longer accepts them, and can still be deleted', async () => {
    const { person, browser, codes } = await signedInWithCodes();
    const { url } = await stage.anotherServer({ RECOVERY_CODES: 'off' });
    const visitor = stage.visitor().through(url);
    const { body } = await person.givePassword(visitor);
    expect(body.alternatives).toEqual([]);
    expect((await give(visitor, codes[0]!)).outcome).toBe('404 means.unavailable');
    const own = browser.through(url);
    expect((await own.get('/api/account/recovery-codes')).body).toMatchObject({ offered: false });
    expect((await own.post('/api/account/recovery-codes', {})).outcome).toBe('404 means.unavailable');
    expect((await own.delete('/api/account/recovery-codes')).outcome).toBe('204');
  });

  it('still let a person add a means past the date of their structure, which no code that is sent does', async () => {
    const structureId = await stage.structure();
    const { person, codes } = await signedInWithCodes(structureId);
    const { person: without } = await stage.signedIn({ structureId });
    await stage.database.execute('UPDATE structure SET strongMeansFromAt = ? WHERE id = ?', [
      new Date(Date.now() - 15 * DAY),
      structureId,
    ]);
    const sent = person.mailCount();
    const { visitor, begun } = await afterPassword(stage, person);
    expect(begun.body).toEqual({
      status: 'code-required',
      challenge: null,
      alternatives: ['recovery-code'],
      sharedWorkstation: false,
    });
    expect((await visitor.post('/api/sign-in/code/resend', { channel: 'EMAIL' })).outcome).toBe(
      '409 channel.unavailable',
    );
    expect((await give(visitor, codes[0]!)).body.session).toMatchObject({ limitedTo: 'enrolment' });
    expect((await visitor.post('/api/session/challenge', {})).outcome).toBe('403 code.not-accepted');
    expect((await visitor.post('/api/account/totp', {})).outcome).toBe('403 enrolment.required');
    expect((await addPasskey(visitor, new SoftAuthenticator(ORIGIN))).added.status).toBe(201);
    expect(person.mailCount()).toBe(sent);
    const none = stage.visitor();
    expect((await without.givePassword(none)).outcome).toBe('403 means.unavailable');

    await stage.database.execute('UPDATE structure SET proSanteConnectFromAt = ? WHERE id = ?', [
      new Date(Date.now() - DAY),
      structureId,
    ]);
    expect((await person.givePassword(stage.visitor())).outcome).toBe('403 means.unavailable');
  });

  it('are replaced by the code by mail during emergency access', async () => {
    const { person, codes } = await signedInWithCodes();
    const { browser: administrator } = await stage.signedIn({ role: 'structure-admin' });
    const opened = { means: 'password', hours: 1, reason: 'téléphone perdu' };
    await administrator.post(`/api/admin/accounts/${person.id}/emergency-access`, opened);
    const { visitor, begun } = await afterPassword(stage, person);
    expect(begun.body.alternatives).toEqual([]);
    expect((await give(visitor, codes[0]!)).outcome).toBe('401 recovery-code.rejected');
  });
});

describeWithOathtool('recovery codes of a person whose phone is lost', () => {
  it('replace the app that the phone had', async () => {
    const { person, browser, codes } = await signedInWithCodes();
    await AuthenticatorApp.add(stage, person, browser);
    const { visitor, begun } = await afterPassword(stage, person);
    expect(begun.body).toMatchObject({ challenge: null, alternatives: ['totp', 'EMAIL', 'recovery-code'] });
    await give(visitor, codes[0]!);
    expect((await visitor.post('/api/account/totp', {})).outcome).toBe('409 totp.exists');
    expect((await visitor.delete('/api/account/totp')).outcome).toBe('204');
    const app = await AuthenticatorApp.add(stage, person, visitor);
    const elsewhere = await afterPassword(stage, person);
    const entered = await elsewhere.visitor.post('/api/sign-in/totp', { code: app.code() });
    expect(entered.body.session).toMatchObject({ limitedTo: null });
  });
});
