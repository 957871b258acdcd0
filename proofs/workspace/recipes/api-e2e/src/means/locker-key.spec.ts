import { Keyring } from '@portillon/kernel';
import { ageSession } from '../harness/people/age-session';
import type { Person } from '../harness/people/person';
import { useStage } from '../harness/server/stage';

const stage = useStage({});

const keyOf = ({ id }: Person) =>
  Keyring.parse(stage.environment['SECRET_KEYS']!).shortDigest('locker-key', [id]);
const giveLocker = ({ id }: Person) =>
  stage.database.execute('INSERT INTO locker (id, createdAt) VALUES (?, ?)', [id, new Date()]);

it('confirms who is there by the key of their locker, once', async () => {
  const { person, browser } = await stage.signedIn();
  await giveLocker(person);
  await ageSession(stage, person, 'authenticatedAt');
  const mails = person.mailCount();
  expect((await browser.post('/api/session/challenge', {})).body).toEqual({
    challenge: null,
    alternatives: ['locker-key', 'EMAIL'],
  });
  const give = (key: string) => browser.post('/api/session/challenge/locker-key', { key });
  expect((await give('0'.repeat(20))).outcome).toBe('401 locker-key.rejected');
  const { outcome, body } = await give(keyOf(person));
  expect(outcome).toBe('200');
  expect(body.session.amr).toEqual(['pwd', 'mail', 'locker-key', 'mfa']);
  expect((await give(keyOf(person))).outcome).toBe('401 locker-key.rejected');
  expect(person.mailCount()).toBe(mails);
});

it('opens the sign-in of its holder, and no message leaves', async () => {
  const person = await stage.person();
  await giveLocker(person);
  const browser = stage.visitor();
  expect((await person.givePassword(browser)).body).toMatchObject({
    challenge: null,
    alternatives: ['locker-key', 'EMAIL'],
  });
  const { body } = await browser.post('/api/sign-in/locker-key', { key: keyOf(person) });
  expect(body.session.amr).toEqual(['pwd', 'locker-key', 'mfa']);
  expect(person.mailCount()).toBe(0);
});
