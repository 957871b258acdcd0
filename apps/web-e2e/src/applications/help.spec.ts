import { fitsInBothLanguages } from '../harness/accessibility';
import { expect, givePassword, heading, test } from '../harness/test';

test('a refusal leads to the answer that explains it, beside the page', async ({
  page,
  somebody,
  context,
}) => {
  await givePassword(page, somebody, 'Not-The-Password-2026');
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Comprendre ce message' }).click();
  const help = await opened;
  await expect(help.getByRole('heading', { name: 'Identifiant ou mot de passe incorrect' })).toBeFocused();
  await expect(page.getByLabel('Identifiant', { exact: true })).toHaveValue(somebody.username);
});

test('help is a separate page, linked from the sign-in page, also by keyboard', async ({ page }) => {
  await page.goto('/connexion');
  await page.getByRole('link', { name: 'Aide pour se connecter' }).click();
  await expect(heading(page, 'Aide')).toBeFocused();
  await fitsInBothLanguages(page);
  await page.getByRole('link', { name: 'Le code n’arrive pas' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/aide\/codes#code-non-recu$/);
  await expect(page.getByRole('heading', { name: 'Le code n’arrive pas' })).toBeFocused();
});

test('help is found by any of its words, and fits a sheet of A4 for the wall', async ({ page }) => {
  await page.goto('/aide/refus');
  await page.getByRole('searchbox', { name: 'Chercher dans l’aide' }).fill('indesirables');
  await expect(page.getByRole('status')).toHaveText(/^1\sréponse$/);
  await page.getByRole('link', { name: 'Le code n’arrive pas' }).click();
  await expect(page.getByRole('heading', { name: 'Le code n’arrive pas' })).toBeFocused();
  await page.getByRole('link', { name: 'Feuillet à afficher' }).click();
  await expect(page.getByRole('img', { name: 'QR code de l’aide' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 703, height: 1032 });
  await expect(page.getByRole('button', { name: 'Imprimer le feuillet' })).toBeHidden();
  const sheet = (await page.locator('.printed-alone').boundingBox())!;
  expect(sheet.y + sheet.height).toBeLessThanOrEqual(1032);
});

test('help and the forgotten password name no means that the service does not have', async ({ page }) => {
  for (const path of ['/aide', '/aide/moyens', '/aide/refus', '/mot-de-passe-oublie']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const said = await page.getByRole('main').innerText();
    expect(said.split('\n').filter((line) => /Pro Santé Connect|carte|e‑CPS/i.test(line))).toEqual([]);
  }
});

for (const [path, title] of [
  ['/accessibilite', 'Accessibilité : non conforme'],
  ['/mentions-legales', 'Mentions légales'],
  ['/donnees-personnelles', 'Données personnelles'],
  ['/aide/carte', 'Aide pour la carte'],
  ['/aide/codes', 'Les codes'],
  ['/aide/feuillet', 'Se connecter à Portillon'],
] as const)
  test(`${path} can be read by everybody`, async ({ page }) => {
    await page.goto(path);
    await expect(heading(page, title)).toBeVisible();
    await fitsInBothLanguages(page);
  });
