import * as client from 'openid-client';
import { APP_ORIGIN, askGate, passGate, setGateRules } from '../harness/applications/gated-application';
import { registerApplication, RelyingParty } from '../harness/applications/relying-party';
import type { ApplicationChanges } from '../harness/applications/relying-party';
import { useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const SCOPES = 'openid profile email groups structure pro_sante';
/** Claims about a sign-in, which the preview leaves out. */
const OF_SIGN_IN = ['Palier_Authentification'];

interface Received {
  name: string;
  value: string;
}

describe('what an application receives about a person', () => {
  const stage = useStage({ environment: { GATE_PROXIES: '127.0.0.1' } });
  let national: Visitor;
  /** An application behind the gate. */
  let gate: string;

  beforeAll(async () => {
    const gated = { kind: 'gate', redirectUris: [`${APP_ORIGIN}/.portillon/callback`], authMethod: 'none' };
    const scopes = 'openid profile';
    gate = (await registerApplication(stage, { ...gated, scopes, claimGroups: true })).id;
    await setGateRules(stage, gate, [{ paths: ['/'] }]);
    national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  });

  const told = async (person: { id: string }, application: string, browser = national) =>
    (await browser.get(`/api/admin/accounts/${person.id}/ways-in?application=${application}`)).body;
  const previewed = async (person: { id: string }, application: string) => {
    const { receives } = (await told(person, application)).application as { receives: Received[] };
    return Object.fromEntries(receives.map(({ name, value }) => [name, value]));
  };

  it.each<[string, ApplicationChanges]>([
    ['every scope', { claimMail: true, claimGroups: true }],
    ['every scope in the form of Pro Santé Connect', { claimMail: true, claimsShape: 'psc' }],
    ['two scopes, without the mail', { scopes: 'openid structure' }],
    ['names that its switch forbids', { claimNames: false }],
  ])('is previewed as the relying party reads it: %s', async (_what, changes) => {
    const party = await RelyingParty.register(stage, changes);
    const { person, browser } = await stage.signedIn();
    await stage.database.execute('UPDATE account SET nationalId = ? WHERE id = ?', [
      `8${person.id.replace(/\D/g, '').padEnd(11, '0').slice(-11)}`,
      person.id,
    ]);
    const tokens = await party.enter(browser, { scope: changes.scopes ?? SCOPES });
    const read = await client.fetchUserInfo(party.configuration, tokens.access_token, person.id);
    const expected = Object.entries(read)
      .filter(([name]) => !OF_SIGN_IN.includes(name))
      .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
    expect(await previewed(person, party.id)).toEqual(Object.fromEntries(expected));
  });

  it('is previewed as the proxy forwards it, without the signature', async () => {
    const person = await stage.person();
    const changed = 'UPDATE account SET displayName = ? WHERE id = ?';
    await stage.database.execute(changed, ['Zoé Lefèvre', person.id]);
    const browser = stage.visitor();
    await person.signIn(browser);
    await passGate(browser);
    const { status, headers } = await askGate(browser);
    expect(status).toBe(200);
    const preview = await previewed(person, gate);
    expect(preview).toMatchObject({ 'remote-name': 'Zoé Lefèvre', 'remote-email': '-' });
    for (const [name, value] of Object.entries(preview)) {
      const read = Buffer.from(headers[name as 'location']!, 'latin1').toString();
      expect([name, value]).toEqual([name, name === 'portillon-assertion' ? '…' : read]);
    }
    expect(Object.keys(preview)).toHaveLength(6);
  });

  it.each([
    ['the id alone', { claimNames: 0, claimGroups: 0, gateAssertion: 0 }, ['openid']],
    ['the headers', { claimMail: 1, gateAssertion: 0 }, ['openid', 'profile', 'email', 'groups']],
    ['an assertion', { claimGroups: 0 }, ['openid', 'profile', 'structure']],
  ])('is named before the gate forwards it: %s', async (_what, changes, scopes) => {
    const settings = {
      claimNames: 1,
      claimMail: 0,
      claimGroups: 1,
      gateAssertion: 1,
      trusted: 0,
      ...changes,
    };
    const columns = Object.keys(settings).map((name) => `${name} = ?`);
    const changed = `UPDATE application SET ${columns.join(', ')} WHERE id = ?`;
    await stage.database.execute(changed, [...Object.values(settings), gate]);
    const { browser } = await stage.signedIn();
    const page = await passGate(browser, 2);
    const { body } = await browser.get(`${page}/details`);
    expect(body).toMatchObject({ prompt: 'consent', scopes });
    const consent = await browser.post(`${page}/complete`, {});
    await passGate(browser, 2, consent.body.redirectTo as string);
    expect((await askGate(browser)).status).toBe(200);
  });

  it('is nothing where the application would not admit the person, and not found beyond reach', async () => {
    const { id } = await registerApplication(stage, { audienceRoles: ['structure-admin'] });
    const person = await stage.person();
    expect(await previewed(person, id)).toEqual({});
    const structureId = await stage.structure();
    const { browser } = await stage.signedIn({ role: 'structure-admin', structureId });
    expect(await told(person, id, browser)).toMatchObject({ code: 'not-found' });
  });
});
