import { concurrently } from '@portillon/testing/servers';
import { ageSession } from '../harness/people/age-session';
import { AuthenticatorApp, describeWithOathtool } from '../harness/people/authenticator-app';
import { eventually } from '../harness/server/eventually';
import type { Person } from '../harness/people/person';
import { useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const MANY = 16;

const stage = useStage({ environment: { TOTP: 'on', TEST_TURN_MS: '250' } });

describeWithOathtool('an authenticator app', () => {
  async function signedInWithApp() {
    const { person, browser } = await stage.signedIn();
    return { person, browser, app: await AuthenticatorApp.add(stage, person, browser) };
  }
  /** A browser in which the password of this person was given. */
  async function afterPassword(person: Person) {
    const visitor = stage.visitor();
    return { visitor, begun: await person.givePassword(visitor) };
  }
  const give = (visitor: Visitor, code: string) => visitor.post('/api/sign-in/totp', { code });

  it('gives the code of a sign-in, and no message leaves; then its browser is remembered', async () => {
    const { person, browser, app } = await signedInWithApp();
    await eventually('a mail of the app', () =>
      person.notices().some((one) => one.includes('une application d’authentification donne vos codes')),
    );
    expect((await browser.get('/api/account/totp')).body).toMatchObject({ offered: true });
    const mails = person.mailCount();
    const { visitor, begun } = await afterPassword(person);
    expect(begun.body).toEqual({
      status: 'code-required',
      challenge: null,
      alternatives: ['totp', 'EMAIL'],
      sharedWorkstation: false,
    });
    const code = app.code();
    const answer = await give(visitor, code);
    expect(answer.body.session).toMatchObject({ means: 'password', amr: ['pwd', 'totp', 'mfa'] });
    expect(answer.body.session.codeValidUntil).not.toBeNull();
    expect((await visitor.delete('/api/session')).outcome).toBe('204');
    expect((await person.givePassword(visitor)).body.status).toBe('signed-in');
    expect(person.mailCount()).toBe(mails);
    expect((await give((await afterPassword(person)).visitor, code)).outcome).toBe('401 totp.rejected');
  });

  it('opens one session when one code comes 16 times at once', async () => {
    const { person, app } = await signedInWithApp();
    const { visitor } = await afterPassword(person);
    const code = app.code();
    const twins = Array.from({ length: MANY }, () => visitor.copy());
    const { results } = await concurrently(MANY, (index) => give(twins[index]!, code));
    expect(results.filter(({ outcome }) => outcome === '200')).toHaveLength(1);
  });

  it('is guessed ten times, then locked with the codes that are sent, whatever browser guesses', async () => {
    const { person, app } = await signedInWithApp();
    for (let guess = 1; guess < 10; guess++) {
      const { visitor } = await afterPassword(person);
      expect((await give(visitor, app.wrongCode())).outcome).toBe('401 totp.rejected');
    }
    const { visitor } = await afterPassword(person);
    expect((await give(visitor, app.wrongCode())).outcome).toBe('429 attempts.exceeded');
    expect((await give(visitor, app.code())).outcome).toBe('429 attempts.exceeded');
    expect((await visitor.post('/api/sign-in/code/resend', {})).outcome).toBe('429 attempts.exceeded');
  });

  it('is replaced by a message when the person asks for one, whose code opens too', async () => {
    const { person } = await signedInWithApp();
    const { visitor } = await afterPassword(person);
    expect((await visitor.post('/api/sign-in/code/resend', { channel: 'EMAIL' })).outcome).toBe('202');
    expect((await visitor.post('/api/sign-in/code', { code: person.codeInMail() })).outcome).toBe('200');
  });

  it('reveals nothing without the password, and completes no other user’s sign-in', async () => {
    const { app } = await signedInWithApp();
    expect((await give(stage.visitor(), app.code())).outcome).toBe('401 sign-in.required');
    const { visitor } = await afterPassword(await stage.person());
    expect((await give(visitor, app.code())).outcome).toBe('401 totp.rejected');
  });

  it('confirms a sensitive act, and is added by no stolen session', async () => {
    const { person, browser, app } = await signedInWithApp();
    await ageSession(stage, person, 'authenticatedAt');
    expect((await browser.delete('/api/account/totp')).outcome).toBe('401 reauthentication.required');
    expect((await browser.post('/api/session/challenge', {})).body).toEqual({
      challenge: null,
      alternatives: ['totp', 'EMAIL'],
    });
    expect((await browser.post('/api/session/challenge/totp', { code: app.code() })).outcome).toBe('200');
    expect((await browser.post('/api/account/totp', {})).outcome).toBe('409 totp.exists');
    expect((await browser.delete('/api/account/totp')).outcome).toBe('204');
    expect((await afterPassword(person)).begun.body.challenge).toMatchObject({ channel: 'EMAIL' });
    await ageSession(stage, person, 'signedInAt');
    expect((await browser.post('/api/account/totp', {})).outcome).toBe('401 password.confirmation-required');
  });

  it('is shown with its date and ended by an administrator, and the account holder is notified', async () => {
    const { person, browser, app } = await signedInWithApp();
    const { browser: administrator } = await stage.signedIn({ role: 'structure-admin' });
    const path = `/api/admin/accounts/${person.id}`;
    const { body } = await administrator.get(`${path}/means`);
    expect(Date.parse(body.totp.confirmedAt as string)).toBeLessThanOrEqual(Date.now());
    expect((await browser.post(`${path}/totp/end`, {})).outcome).toBe('403 permission.denied');
    const ended = await administrator.post(`${path}/totp/end`, { reason: 'téléphone perdu' });
    expect(ended).toMatchObject({ outcome: '200', body: { totp: null } });
    expect((await administrator.post(`${path}/totp/end`, {})).outcome).toBe('404 not-found');
    expect((await browser.get('/api/account')).outcome).toBe('401 session.required');
    const { visitor, begun } = await afterPassword(person);
    expect(begun.body.challenge).toMatchObject({ channel: 'EMAIL' });
    expect((await give(visitor, app.wrongCode())).outcome).toBe('401 totp.rejected');
    await eventually('a mail of the removal', () =>
      person.notices().some((one) => one.includes('votre application d’authentification est supprimée')),
    );
  });

  it('ends when an administrator resets the factors of the account', async () => {
    const { person, app } = await signedInWithApp();
    const { browser: administrator } = await stage.signedIn({ role: 'structure-admin' });
    const path = `/api/admin/accounts/${person.id}/reset-factors`;
    expect((await administrator.post(path, { reason: 'perdu' })).outcome).toBe('200');
    const { visitor, begun } = await afterPassword(person);
    expect(begun.body.challenge).toMatchObject({ channel: 'EMAIL' });
    expect((await give(visitor, app.code())).outcome).toBe('401 totp.rejected');
  });
});
