import { type BrowserParties, testWithBrowserParties as test } from '../harness/browser-parties';
import {
  expect,
  giveCode,
  giveMailedCode,
  givePassword,
  heading,
  MINUTE,
  type Page,
  signInByApi,
} from '../harness/test';
import type { Person } from '../harness/people';

/** Registers the pages as an application without a secret, as an administrator does. */
async function register(national: Page, person: Person, parties: BrowserParties): Promise<void> {
  await signInByApi(national, person);
  const { url } = parties;
  const answer = await national.request.post('/api/admin/applications', {
    data: {
      name: `Dossiers ${Date.now()}`,
      kind: 'web',
      authMethod: 'none',
      trusted: true,
      claimNames: true,
      offlineAccess: true,
      scopes: ['openid', 'profile'],
      redirectUris: [`${url}/single-page.html`, `${url}/oauth2-redirect.html`],
      postLogoutRedirectUris: [`${url}/single-page.html`, `${url}/documentation.html`],
    },
  });
  expect(answer.status()).toBe(201);
  parties.clientId = ((await answer.json()) as { id: string }).id;
}

async function arriveByCode(page: Page, person: Person): Promise<void> {
  await expect(heading(page, 'Se connecter')).toBeVisible();
  await givePassword(page, person);
  await giveMailedCode(page, person);
}

async function confirmAgain(page: Page, person: Person): Promise<void> {
  await expect(heading(page, 'Confirmer votre identité')).toBeVisible();
  await page.getByRole('button', { name: 'Recevoir un code' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await giveCode(page, await person.codeByMail());
}

// Each worker would start a server of this kind for itself.
test.describe.configure({ mode: 'default' });

test.describe('a page without a server, as the guide has it', () => {
  test.beforeEach(async ({ anotherBrowser, demo, parties }) => {
    await register(await anotherBrowser(), demo.national, parties);
  });

  test('signs a person in with oidc-client-ts, asks for a fresh proof, renews its tokens and signs out', async ({
    page,
    parties,
    server,
    somebody,
  }) => {
    await page.goto(`${parties.url}/single-page.html`);
    await expect(page.getByText('Personne')).toBeVisible();
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await arriveByCode(page, somebody);
    const who = page.getByText(`${somebody.name}, eidas1, `);
    await expect(who).toBeVisible();
    expect(page.url()).toBe(`${parties.url}/single-page.html`);
    const before = await who.textContent();

    await page.getByRole('button', { name: 'Renouveler' }).click();
    await expect(who).toHaveText(before!);
    await server.advance(6 * MINUTE);
    await page.getByRole('button', { name: 'Ouvrir un dossier protégé' }).click();
    await confirmAgain(page, somebody);
    await expect(who).toBeVisible();
    await expect(who).not.toHaveText(before!);

    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page.getByText('Personne')).toBeVisible();
    await page.goto('/');
    await expect(heading(page, 'Se connecter')).toBeVisible();
  });

  test('signs a person in with Swagger UI, asks for a fresh proof, lets them try the API as themselves, and signs out', async ({
    page,
    parties,
    server,
    somebody,
  }) => {
    await page.goto(`${parties.url}/documentation.html`);
    const authorize = async () => {
      await page.getByRole('button', { name: 'Authorize', exact: true }).click();
      await page.getByText('select all').click();
      const popup = page.waitForEvent('popup');
      await page.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click();
      return popup;
    };
    await arriveByCode(await authorize(), somebody);
    await expect(page.getByRole('button', { name: 'Remove authorization' })).toBeVisible();
    await server.advance(6 * MINUTE);
    await page.reload();
    await confirmAgain(await authorize(), somebody);
    await expect(page.getByRole('button', { name: 'Remove authorization' })).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('/oidc/userinfo').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await expect(page.getByText(somebody.name)).toBeVisible();
    await page.getByRole('button', { name: 'Authorize', exact: true }).click();
    const leaving = page.waitForRequest(`${server.url}/oidc/logout/confirm`);
    await page.getByRole('button', { name: 'Remove authorization' }).click();
    await leaving;
    await page.waitForURL(`${parties.url}/documentation.html`);
    await page.goto('/');
    await expect(heading(page, 'Se connecter')).toBeVisible();
  });
});
