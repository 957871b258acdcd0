import { SoftAuthenticator } from '@portillon/testing/servers';
import { addPasskey } from '../harness/people/add-passkey';
import type { Answer } from '../harness/people/answer.types';
import type { Person } from '../harness/people/person';
import { useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const ORIGIN = 'http://portillon.test';
const DAY = 86_400_000;

interface Way {
  means: string;
  opens: boolean;
  enrolmentOnly: boolean;
}

describe('a date from which a structure wants strong means: passkeys', () => {
  const stage = useStage({ environment: { PASSKEYS: 'on', TEST_TURN_MS: '250' } });
  const enrol = (browser: Visitor, key = new SoftAuthenticator(ORIGIN)) => addPasskey(browser, key);
  async function signIn(visitor: Visitor, key: SoftAuthenticator) {
    const { body } = await visitor.post('/api/sign-in/passkey/options', {});
    return visitor.post('/api/sign-in/passkey', { credential: key.get(body.options) });
  }
  const lines = (person: Person, name: string) =>
    stage.database.rows('SELECT reason FROM auditEvent WHERE accountId = ? AND name = ? ORDER BY id', [
      person.id,
      name,
    ]);
  /** The date of the structure that asks for strong means, so many days ago. */
  async function structureSince(days: number): Promise<string> {
    const id = await stage.structure();
    await dateSince(id, days);
    return id;
  }
  const dateSince = (id: string, days: number) =>
    stage.database.execute('UPDATE structure SET strongMeansFromAt = ? WHERE id = ?', [
      new Date(Date.now() - days * DAY),
      id,
    ]);

  it('are all that password and code may add for 14 days from the structure’s date', async () => {
    const structureId = await structureSince(1);
    const { browser } = await stage.signedIn({ structureId });
    expect((await browser.get('/api/session')).body.session.limitedTo).toBe('enrolment');
    for (const closed of ['/api/account/sessions', '/api/account/applications', '/api/account/data'])
      expect((await browser.get(closed)).outcome).toBe('403 enrolment.required');
    expect((await browser.get('/api/account/strong-means')).body).toMatchObject({
      stage: 'enrolment',
      ready: false,
    });
    const { key, added } = await enrol(browser);
    expect(added.status).toBe(201);
    expect((await browser.delete(`/api/account/passkeys/${added.body.id as string}`)).outcome).toBe(
      '403 enrolment.required',
    );
    const free = stage.visitor();
    expect((await signIn(free, key)).body.session.limitedTo).toBeNull();
    expect((await free.get('/api/account/sessions')).outcome).toBe('200');
    expect((await free.get('/api/account/strong-means')).body).toMatchObject({ ready: true });
  });

  it('are required afterwards: no code, remembered browser, link or other server opens a session', async () => {
    const structureId = await stage.structure();
    const { person, browser } = await stage.signedIn({ structureId });
    const { key } = await enrol(browser);
    const halfWay = stage.visitor();
    await person.givePassword(halfWay);
    const code = person.codeInMail();
    await dateSince(structureId, 15);

    expect((await halfWay.post('/api/sign-in/code', { code })).outcome).toBe('401 sign-in.required');
    expect((await halfWay.post('/api/sign-in/code/resend', { channel: 'SMS' })).outcome).toBe(
      '401 sign-in.required',
    );
    const sent = person.mailCount();
    expect((await person.givePassword(browser)).outcome).toBe('403 means.unavailable');
    const other = await stage.anotherServer();
    expect((await person.givePassword(stage.visitor().through(other.url))).outcome).toBe(
      '403 means.unavailable',
    );
    await stage.visitor().post('/api/password-resets', { username: person.username });
    const token = await person.tokenIn('nouveau mot de passe');
    const newPassword = 'Quatre-Chemins-de-Halage-88';
    await stage.visitor().post('/api/password-resets/confirm', { token, newPassword });
    person.password = newPassword;
    expect((await person.givePassword(stage.visitor())).outcome).toBe('403 means.unavailable');

    const strong = stage.visitor();
    expect((await signIn(strong, key)).outcome).toBe('200');
    expect((await strong.post('/api/session/challenge', { channel: 'EMAIL' })).outcome).toBe(
      '403 code.not-accepted',
    );
    expect(person.mailCount()).toBe(sent);
    const { browser: administrator } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const opened = { means: 'password', hours: 1, reason: 'clé perdue' };
    await administrator.post(`/api/admin/accounts/${person.id}/emergency-access`, opened);
    const rescued = stage.visitor();
    expect((await person.signIn(rescued)).body.session.limitedTo).toBeNull();
    expect((await rescued.get('/api/account/sessions')).outcome).toBe('200');
  });

  it('and a code sent before then confirms no action afterwards', async () => {
    const structureId = await structureSince(13);
    const { person, browser } = await stage.signedIn({ structureId });
    const { key } = await enrol(browser);
    const strong = stage.visitor();
    await signIn(strong, key);
    expect((await strong.post('/api/session/challenge', { channel: 'EMAIL' })).outcome).toBe('202');
    const code = person.codeInMail();
    await dateSince(structureId, 15);
    expect((await strong.post('/api/session/challenge/code', { code })).outcome).toBe(
      '403 code.not-accepted',
    );
  });

  it('that are synced are refused where the structure accepts only device-bound ones, and cannot be added', async () => {
    const structureId = await stage.structure();
    const { person, browser } = await stage.signedIn({ structureId });
    const { key } = await enrol(browser, new SoftAuthenticator(ORIGIN, true));
    await stage.database.execute("UPDATE structure SET passkeyKind = 'device' WHERE id = ?", [structureId]);
    expect((await signIn(stage.visitor(), key)).outcome).toBe('403 means.unavailable');
    expect((await enrol(browser, new SoftAuthenticator(ORIGIN, true))).added.outcome).toBe(
      '422 passkey.not-accepted',
    );
    expect((await enrol(browser)).added.status).toBe(201);
    expect(await lines(person, 'authn_passkey_fail')).toMatchObject([{ reason: 'means-forbidden' }]);
  });

  /** A person with this key, whose structure then asks for strong means, `days` ago, and keys of one device or any. */
  async function personWith(kept: 'none' | 'device' | 'synced', days: number, passkeyKind: string) {
    const structureId = await stage.structure();
    const { person, browser } = await stage.signedIn({ structureId });
    const key = new SoftAuthenticator(ORIGIN, kept === 'synced');
    if (kept !== 'none') await enrol(browser, key);
    await dateSince(structureId, days);
    await stage.database.execute('UPDATE structure SET passkeyKind = ? WHERE id = ?', [
      passkeyKind,
      structureId,
    ]);
    return { person, key, structureId };
  }
  const outcomeOf = ({ status, body }: Answer): string =>
    status === 200 ? (body.session.limitedTo ?? 'open') : 'refused';

  it.each([-1, 1, 15])(
    'are shown to administrators as each sign-in would decide, %i days after the date',
    async (days) => {
      const { browser: administrator } = await stage.signedIn({ role: 'national-admin', structureId: null });
      for (const kept of ['none', 'device', 'synced'] as const)
        for (const passkeyKind of ['any', 'device']) {
          const { person, key } = await personWith(kept, days, passkeyKind);
          const { body } = await administrator.get(`/api/admin/accounts/${person.id}/ways-in`);
          const said = Object.fromEntries(
            (body.ways as Way[]).map((way) => [
              way.means,
              way.opens ? (way.enrolmentOnly ? 'enrolment' : 'open') : 'refused',
            ]),
          );
          const sent = person.mailCount();
          const done = {
            password: outcomeOf(await person.signIn(stage.visitor())),
            passkey: outcomeOf(await signIn(stage.visitor(), key)),
          };
          expect({ kept, passkeyKind, ...said }).toMatchObject({ kept, passkeyKind, ...done });
          // To ask sent nothing and counted nothing.
          expect(person.mailCount() - sent).toBe(done.password === 'refused' ? 0 : 1);
        }
    },
  );

  it('are explained to administrators when a rule excludes an active user', async () => {
    const { person, structureId } = await personWith('none', 15, 'any');
    const { browser } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const { body } = await browser.get(`/api/admin/accounts/${person.id}/ways-in`);
    expect(body).toMatchObject({ canEnter: 'no', by: [] });
    expect(body.reasons[0]).toMatchObject({
      code: 'strong-means-only',
      accepts: ['passkey'],
      acts: ['open-emergency-access', 'edit-structure'],
    });
    const ofStructure = (only: string) =>
      browser.get(`/api/admin/accounts?only=${only}&structure=${structureId}`);
    const listed = await ofStructure('KEPT_OUT_BY_RULE');
    expect(listed.body.items).toMatchObject([
      { id: person.id, status: 'ACTIVE', locked: false, entry: { canEnter: 'no' } },
    ]);
    expect((await ofStructure('ONLY_BY_CARD')).body.items).toEqual([]);
    expect((await ofStructure('CAN_ENTER')).body.items).toEqual([]);
    const refused = await person.givePassword(stage.visitor());
    expect(refused.body).toMatchObject({ code: 'means.unavailable', cause: 'rule' });
    expect(refused.body.detail).toContain('Votre structure n’accepte plus ce moyen de connexion.');
  });
});
