import { NARROW } from '../harness/accessibility';
import { leaveForProSanteConnect, pick, testWithProSanteConnect as test } from '../harness/pro-sante-connect';
import { arrived, expect, heading, type Page, signIn } from '../harness/test';

test('the sign-in begins at the means that was used last in this browser', async ({
  page,
  demo,
  somebody,
}) => {
  await page.goto('/connexion');
  const provider = page.getByRole('link', { name: 'S’identifier avec Pro Santé Connect' });
  await expect(provider).toBeFocused();
  await expect(provider).toHaveCSS('outline-style', 'none');
  await page.keyboard.press('Shift');
  await expect(provider).toHaveCSS('outline-style', 'solid');
  const button = page.getByRole('button', { name: 'Se connecter' });
  await expect(button).not.toHaveClass(/button-primary/);
  await page.getByLabel('Identifiant', { exact: true }).fill('c');
  await expect(button).toHaveClass(/button-primary/);
  await signIn(page, somebody);
  await leave(page);
  await page.goto('/');
  await expect(page.getByLabel('Identifiant', { exact: true })).toBeFocused();
  await page.setViewportSize(NARROW);
  await expect(button).toBeInViewport({ ratio: 1 });
  await leaveForProSanteConnect(page);
  await pick(page, 'Claire MARTIN');
  await arrived(page, demo.claire);
  await leave(page);
  await page.goto('/');
  await expect(provider).toBeFocused();
});

test('help leads a locked-out user to the other means of the service', async ({ page }) => {
  await page.goto('/aide#blocage');
  await expect(page.getByRole('heading', { name: 'Trop d’essais', exact: true })).toBeFocused();
  const answer = page.locator('#blocage');
  await expect(answer).toContainText(
    'Ouvrent aussi votre compte, s’ils y sont rattachés : Pro Santé Connect.',
  );
  await expect(answer).not.toContainText('arte');
});

async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(heading(page, 'Se connecter')).toBeVisible();
}
