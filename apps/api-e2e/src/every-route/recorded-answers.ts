import { randomUUID } from 'node:crypto';
import { mailTo } from '../harness/people/mail-to';
import { PASSWORD, Person } from '../harness/people/person';
import { RelyingParty } from '../harness/applications/relying-party';
import type { Stage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';
import type { Act } from './recorded-acts';

/** By operation of the API, the acts that send a code or a test message, answer one that was sent, or leave an application. */
export function answersOn(stage: Stage, browserOf: () => Visitor): Record<string, () => Promise<Act>> {
  const withNumber = (person: Person, browser: Visitor) =>
    browser.put('/api/account/phone', { phoneNumber: person.mobile, currentPassword: PASSWORD });
  const isProved = ({ id }: Person) =>
    stage.database.execute('UPDATE account SET phoneVerifiedAt = ? WHERE id = ?', [new Date(), id]);
  const administrator = () => stage.signedIn({ role: 'national-admin', structureId: null });

  /** A request of the account holder. */
  const own =
    (path: string, bodyOf: (person: Person, browser: Visitor) => Promise<object> = async () => ({})) =>
    async (): Promise<Act> => {
      const { person, browser } = await stage.signedIn();
      return { path, body: await bodyOf(person, browser), by: browser };
    };
  /** A link that came by mail is used in another browser. */
  const byLink = (path: string, link: () => Promise<string>) => async (): Promise<Act> => {
    const body = { token: await link(), newPassword: 'Un-Autre-Quai-Du-Port-2027' };
    return { path, body, by: stage.visitor() };
  };

  return {
    'POST /api/account/phone/verification': own('/api/account/phone/verification', withNumber),
    'POST /api/account/phone/verification/code': own(
      '/api/account/phone/verification/code',
      async (person, browser) => {
        await withNumber(person, browser);
        await browser.post('/api/account/phone/verification', {});
        return { code: person.codeInSms() };
      },
    ),
    'PUT /api/account/email': own('/api/account/email', async ({ email }) => ({ email: `new.${email}` })),
    'POST /api/account/email/code': own('/api/account/email/code', async ({ email }, browser) => {
      await browser.put('/api/account/email', { email: `new.${email}` });
      return { code: /^ {4}(\d{6})$/m.exec(stage.smtp.lastTo(`new.${email}`).text!)![1]! };
    }),

    'DELETE /api/account/applications/{id}': async () => {
      const { browser } = await stage.signedIn();
      const application = await RelyingParty.register(stage);
      await application.enter(browser);
      return { path: `/api/account/applications/${application.id}`, by: browser };
    },

    'POST /api/admin/setup/test-mail': async () => ({ path: '/api/admin/setup/test-mail' }),
    'POST /api/admin/setup/test-mail/opened': async () => {
      const { person, browser } = await administrator();
      await browser.post('/api/admin/setup/test-mail');
      const token = /essai=([^\s&]+)/.exec(stage.smtp.lastTo(person.email).text!)![1]!;
      return { path: '/api/admin/setup/test-mail/opened', body: { token }, by: browser };
    },
    'POST /api/admin/setup/test-sms': async () => {
      const { person, browser } = await administrator();
      await withNumber(person, browser);
      await isProved(person);
      return { path: '/api/admin/setup/test-sms', by: browser };
    },

    'POST /api/password-resets/confirm': byLink('/api/password-resets/confirm', async () => {
      const person = await stage.person();
      await stage.visitor().post('/api/password-resets', { username: person.username });
      return person.tokenIn('nouveau mot de passe');
    }),
    'POST /api/security-notices/report': async () => {
      const { person, browser } = await stage.signedIn();
      await browser.put('/api/account/password', {
        currentPassword: PASSWORD,
        newPassword: 'Un-Autre-Quai-Du-Port-2027',
      });
      return {
        path: '/api/security-notices/report',
        body: { token: await person.tokenIn('votre mot de passe a été changé') },
        by: stage.visitor(),
      };
    },
    'POST /api/invitations/accept': byLink('/api/invitations/accept', async () => {
      const username = `zoe.${randomUUID().slice(0, 8)}`;
      const email = `${username}@hopital.example`;
      await browserOf().post('/api/admin/accounts', { username, email, displayName: 'Zoé Martin' });
      return /#(\S+)/.exec(await mailTo(stage, email))![1]!;
    }),
  };
}
