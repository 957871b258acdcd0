import { ProviderBrowser } from '../harness/services/psc-provider';
import { describeSharedPsc, newNationalId, PscStage } from '../harness/services/psc-stage';

describeSharedPsc('the account', (psc) => {
  const refused = async (person: string, from: PscStage = psc) => {
    const visitor = from.visitor();
    const place = (await from.signIn(visitor, person)).headers.location;
    expect((await visitor.get('/api/session')).outcome).toBe('401 session.required');
    return place;
  };
  const NOT_LINKED = '/connexion?erreur=account.not-linked';

  it('is not found by mail or user name, and is not created', async () => {
    const claire = await psc.professional();
    await psc.provider.knows('usurper', {
      SubjectNameID: newNationalId(),
      email: claire.email,
      email_verified: true,
      preferred_username: claire.username,
    });
    const count = () => psc.stage.database.row('SELECT COUNT(*) AS n FROM account');
    const before = await count();
    expect(await refused('usurper')).toBe(NOT_LINKED);
    expect(await psc.journal()).toMatchObject({ reason: 'unknown', accountId: null });
    expect(await count()).toEqual(before);
  });

  it('may be unknown: the user still signs out of PSC, so that the next user gets a new sign-in', async () => {
    const stranger = await psc.stage.person();
    await psc.provider.knows(stranger.id, { SubjectNameID: newNationalId() });
    const visitor = psc.visitor();
    const atPsc = new ProviderBrowser();
    const back = await atPsc.signIn(await psc.leave(visitor), stranger.id);
    expect((await visitor.get(back.pathname + back.search)).headers.location).toBe(NOT_LINKED);
    // PSC still has the session, and asks the person nothing.
    const again = await atPsc.signIn(await psc.leave(visitor), 'nobody is picked');
    expect((await visitor.get(again.pathname + again.search)).headers.location).toBe(NOT_LINKED);
    const twin = visitor.copy();
    const end = (await visitor.get('/api/sign-in/pro-sante-connect/sign-out')).headers.location!;
    expect((await atPsc.signOut(end)).href).toBe('http://portillon.test/connexion?state=signed-out');
    const once = await twin.get('/api/sign-in/pro-sante-connect/sign-out');
    expect(once.headers.location).toBe('/connexion?state=signed-out');
    const claire = await psc.professional();
    const next = await atPsc.signIn(await psc.leave(visitor), claire.id);
    await visitor.get(next.pathname + next.search);
    expect((await visitor.get('/api/session')).body.session.account.username).toBe(claire.username);
  });

  it('is not found by the subject', async () => {
    const claire = await psc.professional();
    await psc.provider.knows(`${claire.id}-two`, { SubjectNameID: newNationalId() });
    expect(await refused(`${claire.id}-two`)).toBe(NOT_LINKED);
  });

  it.each(['DEACTIVATED', 'INVITED'])(
    'is refused when it is %s, with one or several activities',
    async (status) => {
      const claire = await psc.professional();
      const several = { exercices: [{ activities: [{}, {}] }] };
      const paul = await psc.professional({ SubjectRefPro: several });
      for (const person of [claire, paul]) {
        await psc.stage.database.execute('UPDATE account SET status = ? WHERE id = ?', [status, person.id]);
        expect(await refused(person.id)).toBe(NOT_LINKED);
        expect(await psc.journal()).toMatchObject({ reason: status.toLowerCase(), accountId: person.id });
      }
    },
  );

  it('is refused when it was deactivated before the choice of an activity', async () => {
    const claire = await psc.professional({ SubjectRefPro: { exercices: [{ activities: [{}, {}] }] } });
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    await psc.stage.database.execute("UPDATE account SET status = 'DEACTIVATED' WHERE id = ?", [claire.id]);
    const answer = await visitor.post('/api/sign-in/pro-sante-connect/activity', { activity: '0.1' });
    expect(answer.outcome).toBe('403 account.not-linked');
  });

  it('is entered although its password is locked', async () => {
    const claire = await psc.professional();
    const guesser = psc.visitor();
    for (let turn = 0; turn < 6; turn++) await claire.givePassword(guesser, 'wrong');
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    expect((await visitor.get('/api/session')).outcome).toBe('200');
  });

  it.each([
    [
      'an RPPS',
      (id: string) => ({ otherIds: [{ identifiant: id.slice(1), origine: 'RPPS', qualite: 1 }] }),
      newNationalId,
    ],
    [
      'an ADELI',
      (id: string) => ({ otherIds: [{ identifiant: id.slice(1), origine: 'ADELI', qualite: 1 }] }),
      () => `0${newNationalId().slice(1, 10)}`,
    ],
    [
      'a sandbox id',
      (id: string) => ({ SubjectNameID: id }),
      () => `ANS2023112213${newNationalId().slice(1, 9)}`,
    ],
  ])('is found by %s', async (_, claims, idOf) => {
    const claire = await psc.stage.person();
    const nationalId = idOf();
    await psc.stage.database.execute('UPDATE account SET nationalId = ? WHERE id = ?', [
      nationalId,
      claire.id,
    ]);
    await psc.provider.knows(claire.id, claims(nationalId));
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    expect((await visitor.get('/api/session')).body.session.account.username).toBe(claire.username);
  });
});
