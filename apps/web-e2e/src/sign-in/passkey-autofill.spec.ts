import {
  addPasskey,
  beThereOnceProposed,
  ceremoniesOf,
  plugIn,
  testWithPasskeys as test,
} from '../harness/passkey';
import { arrived, expect, heading, MINUTE, openSignedIn, type Page, signInByApi } from '../harness/test';

const OPTIONS = '/api/sign-in/passkey/options';

/** Opens the sign-in page, and waits for the challenge that it requests at once. */
async function openSignIn(page: Page): Promise<void> {
  const asked = page.waitForResponse((response) => response.url().endsWith(OPTIONS));
  await page.goto('/connexion');
  await asked;
}
async function leaveWorkstation(page: Page): Promise<void> {
  await page.context().clearCookies({ name: 'portillon_session' });
}

test.describe('a passkey that the browser proposes where the name is typed', () => {
  test.use({ expected: /401/ });

  test('signs in without the button, and after the first challenge is over too', async ({
    page,
    server,
    somebody,
  }) => {
    await page.clock.install();
    const key = await plugIn(page);
    await openSignedIn(page, somebody, '/mon-compte');
    await addPasskey(page, key);
    await leaveWorkstation(page);
    await openSignIn(page);
    await expect.poll(() => ceremoniesOf(page)).toEqual(['conditional, waiting']);
    const renewed = page.waitForResponse((response) => response.url().endsWith(OPTIONS));
    await server.advance(11 * MINUTE);
    await key.touch(true);
    await page.clock.fastForward(11 * MINUTE);
    await renewed;
    await arrived(page, somebody);
    const { session } = await (await page.request.get('/api/session')).json();
    expect(session).toMatchObject({ means: 'passkey' });
  });

  test('gives way to the button, and to another page', async ({ page, somebody }) => {
    const key = await plugIn(page);
    await openSignedIn(page, somebody, '/mon-compte');
    await addPasskey(page, key);
    await leaveWorkstation(page);
    await openSignIn(page);
    await expect.poll(() => ceremoniesOf(page)).toEqual(['conditional, waiting']);
    await page.getByRole('link', { name: 'Mot de passe ou identifiant oublié' }).click();
    await expect(page).toHaveURL(/mot-de-passe-oublie/);
    await expect.poll(() => ceremoniesOf(page)).toEqual(['conditional, aborted']);
    await openSignIn(page);
    await beThereOnceProposed(page, key);
    await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();
    await arrived(page, somebody);
  });

  test('that was removed says so, and another is proposed', async ({ page, somebody }) => {
    const key = await plugIn(page);
    await openSignedIn(page, somebody, '/mon-compte');
    await addPasskey(page, key);
    const { items } = await (await page.request.get('/api/account/passkeys')).json();
    await page.request.delete(`/api/account/passkeys/${items[0].id}`);
    await leaveWorkstation(page);
    await key.touch(true);
    await openSignIn(page);
    await expect(page.getByRole('alert')).toContainText('Cette clé d’accès n’est plus reconnue');
    await key.touch(false);
    await expect.poll(async () => (await ceremoniesOf(page)).at(-1)).toBe('conditional, waiting');
    expect((await ceremoniesOf(page)).length).toBeGreaterThan(1);
  });

  test('is not proposed where several people use the browser', async ({ page, somebody, demo }) => {
    const key = await plugIn(page);
    await openSignedIn(page, somebody, '/mon-compte');
    await addPasskey(page, key);
    await leaveWorkstation(page);
    await signInByApi(page, demo.nadia);
    await leaveWorkstation(page);
    await key.touch(true);
    await openSignIn(page);
    await page.getByLabel('Identifiant', { exact: true }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
    expect(await ceremoniesOf(page)).toEqual([]);
  });
});
