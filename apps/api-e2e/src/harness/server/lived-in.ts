import { SoftAuthenticator } from '@portillon/testing/servers';
import { addPasskey } from '../people/add-passkey';
import { AuthenticatorApp } from '../people/authenticator-app';
import { setGateRules } from '../applications/gated-application';
import type { Person } from '../people/person';
import { makeRecoveryCodes } from '../people/recovery-codes';
import { registerApplication, RelyingParty } from '../applications/relying-party';
import type { Stage } from './stage';
import type { Visitor } from '../people/visitor';

type Cookies = Record<string, string>;

/** Who was there, and what their browsers still hold. */
export interface Life {
  /** Signed in. */
  session: Cookies;
  /** Signed out, and no code is due here. */
  remembered: { username: string; cookies: Cookies };
  /** The password was given, and the code has come. */
  halfway: { code: string; cookies: Cookies };
}

/** The settings that the whole of it takes. */
export const LIVED_IN = { PASSKEYS: 'on', TOTP: 'on', RECOVERY_CODES: 'on' };

/** A morning of a hospital: a row or more in most tables, through the routes and the commands of the server. */
export async function liveIn(stage: Stage): Promise<Life> {
  const national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  await administer(stage, national);
  await strengthen(stage);
  const { browser: session } = await stage.signedIn();
  const party = await RelyingParty.register(stage);
  await party.enter(session);
  await stage.command(['audit', 'seal']);
  const leaver = await stage.signedIn();
  await leaver.browser.delete('/api/session');
  const waiting = await stage.person();
  const halfway = stage.visitor();
  await waiting.givePassword(halfway);
  return {
    session: cookiesOf(session),
    remembered: { username: leaver.person.username, cookies: cookiesOf(leaver.browser) },
    halfway: { code: waiting.codeInMail(), cookies: cookiesOf(halfway) },
  };
}

async function administer(stage: Stage, national: Visitor): Promise<void> {
  await stage.command([
    'application',
    'create',
    '--name',
    'Orientation',
    '--redirect-uri',
    'https://o.example/cb',
  ]);
  const webhook = { name: 'Annuaire', url: 'https://annuaire.example/hook', events: ['session.opened'] };
  const once = { headers: { 'idempotency-key': '"annuaire"' } };
  await expectMade(national.post('/api/admin/webhooks', webhook, once));
  const { id } = await registerApplication(stage, { kind: 'gate', authMethod: 'none' });
  await setGateRules(stage, id, [{ paths: ['/'] }]);
  const colleague = await stage.person({ role: 'structure-admin' });
  await changeAddress(national, colleague);
  const headers = { 'content-type': 'text/csv' };
  const raw = 'Identifiant;Nom;Courriel\nzoe.martin;Zoé Martin;zoe@h.example';
  await expectMade(
    national.send('POST', '/api/admin/accounts/import?dryRun=true', undefined, { headers, raw }),
  );
  await stage.visitor().post('/api/password-resets', { username: colleague.username });
  await stage.visitor().post('/api/sign-in/password', { username: 'claire', password: 'guess' });
}

/** It waits for a second administrator. */
async function changeAddress(national: Visitor, { id, email }: Person): Promise<void> {
  const path = `/api/admin/accounts/${id}`;
  const headers = { 'if-match': `"${String((await national.get(path)).body.version)}"` };
  const asked = await national.patch(path, { email: `new.${email}`, reason: 'a typo' }, { headers });
  expect(asked.outcome).toBe('200');
}

/** People with a number, a passkey, an app and recovery codes; and one whose new address waits for its code. */
async function strengthen(stage: Stage): Promise<void> {
  const [phone, key, app, changing] = await Promise.all([0, 1, 2, 3].map(() => stage.signedIn()));
  await phone!.person.setUpPhone(phone!.browser);
  await addPasskey(key!.browser, new SoftAuthenticator('http://portillon.test'));
  await AuthenticatorApp.add(stage, app!.person, app!.browser);
  await makeRecoveryCodes((await stage.signedIn()).browser);
  const asked = await changing!.browser.put('/api/account/email', { email: 'claire.new@hopital.example' });
  expect(asked.status).toBeLessThan(300);
}

async function expectMade(answer: ReturnType<Visitor['post']>): Promise<void> {
  expect((await answer).status).toBeLessThan(300);
}

function cookiesOf({ cookies }: Visitor): Cookies {
  return Object.fromEntries(cookies);
}
