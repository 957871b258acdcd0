import { holds, holdsInBothLanguages } from '../harness/accessibility';
import { addPasskey, beThereOnceProposed, plugIn, testWithPasskeys as test } from '../harness/passkey';
import { wantStrongMeans } from '../harness/people';
import { arrived, expect, giveMailedCode, givePassword, heading, HOUR, openSignedIn } from '../harness/test';

const DAY = 24 * HOUR;

test.describe('a structure that wants strong means from a date on', () => {
  test.use({ expected: /403/ });

  test('asks to add one long before it, and no more once that was put off', async ({
    page,
    server,
    somebody,
  }) => {
    wantStrongMeans(server, somebody, { from: server.now + 60 * DAY, totpIsStrong: false });
    await openSignedIn(page, somebody, '/');
    const asked = page.getByText('Vous pouvez en ajouter une dès maintenant.');
    await expect(asked).toContainText('Pro Santé Connect, la carte ou une clé d’accès');
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Plus tard' }).click();
    await expect(asked).toBeHidden();
    await page.reload();
    await arrived(page, somebody);
    await expect(asked).toBeHidden();
  });

  test('shows the date from 30 days before it, and the accepted means', async ({
    page,
    server,
    somebody,
  }) => {
    wantStrongMeans(server, somebody, { from: server.now + 20 * DAY, totpIsStrong: true });
    await openSignedIn(page, somebody, '/');
    const banner = page.getByText('un code par e‑mail ou SMS ne suffira plus');
    await expect(banner).toContainText('une clé d’accès ou une application d’authentification');
    await holdsInBothLanguages(page);
    await page.getByRole('link', { name: 'Ajouter un moyen de connexion' }).press('Enter');
    await expect(heading(page, 'Mon compte')).toBeVisible();
  });

  test('lets password and code only add a passkey afterwards', async ({ page, server, somebody }) => {
    test.slow();
    const key = await plugIn(page);
    wantStrongMeans(server, somebody, { from: server.now - DAY, totpIsStrong: true });
    await givePassword(page, somebody);
    await giveMailedCode(page, somebody);
    await expect(heading(page, 'Ajoutez un moyen de connexion')).toBeVisible();
    await expect(page.getByText('Votre structure demande Pro Santé Connect')).toContainText(
      'une clé d’accès ou une application d’authentification',
    );
    await expect(page.getByRole('button', { name: 'Administration' })).toHaveCount(0);
    await holdsInBothLanguages(page);
    await page.goto('/mon-compte');
    await expect(heading(page, 'Ajoutez un moyen de connexion')).toBeVisible();
    await addPasskey(page, key, 'Votre clé d’accès est ajoutée. Déconnectez‑vous');
    await holds(page);
    await page.getByRole('main').getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await beThereOnceProposed(page, key);
    await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();
    await arrived(page, somebody);
  });

  test('refuses the password 14 days later, and lists the remaining means', async ({
    page,
    server,
    somebody,
  }) => {
    wantStrongMeans(server, somebody, { from: server.now - 15 * DAY, totpIsStrong: false });
    await givePassword(page, somebody);
    await expect(page.getByRole('alert')).toContainText('demandez un accès de secours');
    await holds(page);
    expect(await server.messagesTo(somebody.email)).toEqual([]);
  });
});
