import { readFileSync } from 'node:fs';
import { faults, holdsInBothLanguages } from './harness/accessibility';
import type { Person } from './harness/people';
import { expect, givePassword, heading, openSignedIn, type Page, signInByApi, test } from './harness/test';

test.describe('« Journal »', () => {
  test('is found in the menu by an administrator alone', async ({ page, somebody, demo, anotherBrowser }) => {
    await openSignedIn(page, somebody, '/');
    await page.getByRole('button', { name: 'Administration' }).click();
    await expect(page.getByRole('link', { name: 'Journal' })).toHaveCount(0);
    const administrator = await anotherBrowser();
    await openSignedIn(administrator, demo.nadia, '/');
    await administrator.getByRole('button', { name: 'Administration' }).click();
    await administrator.getByRole('link', { name: 'Journal' }).click();
    await expect(heading(administrator, 'Journal')).toBeFocused();
    await expect(lines(administrator).first()).toBeVisible();
    await holdsInBothLanguages(administrator);
  });

  test('is filtered by person, act and result', async ({ page, demo }) => {
    const { claire } = demo;
    await givePassword(page, claire, 'Not-The-Password-2026');
    await expect(page.getByRole('alert')).toBeVisible();
    await openSignedIn(page, demo.nadia, '/administration/journal');
    await page.getByLabel('Personne', { exact: true }).fill(claire.username);
    await page.getByRole('option', { name: claire.name }).click();
    const person = page.getByLabel('Personne', { exact: true });
    await expect(person).toBeFocused();
    await expect(person).toHaveValue(claire.name);
    await page.getByLabel('Acte', { exact: true }).selectOption({ label: 'Tout : Connexions' });
    await page.getByLabel('Résultat').selectOption({ label: 'Refusé' });
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await expect(page.getByText(/^1\sligne affichée$/)).toBeVisible();
    await expect(lines(page)).toHaveCount(1);
    await expect(lines(page)).toContainText('Connexion refusée');
    await expect(lines(page)).toContainText(claire.name);

    const csv = await saved(page, 'Exporter en CSV');
    expect(csv.name).toBe('portillon-journal.csv');
    expect(csv.text.trim().split('\n')).toHaveLength(2);
    expect(csv.text).toContain('authn_login_fail');
    const json = await saved(page, 'Exporter en JSON (lignes)');
    expect(JSON.parse(json.text.trim().split('\n')[0]!)).toMatchObject({ name: 'authn_login_fail' });

    await page.getByLabel('Résultat').selectOption({ label: 'Réussi' });
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await expect(page.getByText('Aucune ligne ne correspond à ces filtres.')).toBeVisible();
    await page.getByRole('button', { name: 'Tout afficher' }).click();
    await expect(lines(page).nth(1)).toBeVisible();
  });

  test('shows an emergency access by words and an icon, not by red alone', async ({ page, demo }) => {
    await openEmergencyAccess(page, demo.nadia, demo.claire);
    await page.goto('/administration/journal');
    const line = lines(page).filter({ hasText: 'Carte perdue, garde de nuit' });
    await expect(line).toContainText('Accès de secours');
    await expect(line).toContainText('Par Nadia Benali (nadia.benali)');
    await expect(line.locator('svg').first()).toBeVisible();
    await line.getByText('Détails').click();
    await expect(line).toContainText('authz_admin');
    await holdsInBothLanguages(page);
    await page.getByLabel('Acte', { exact: true }).selectOption('authz_admin');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await expect(lines(page).filter({ hasNotText: 'Accès de secours' })).toHaveCount(0);
  });
});

test.describe('« Statistiques »', () => {
  test('are told by charts, by tables beneath, and by a file', async ({ page, somebody, demo, server }) => {
    await signInByApi(page, somebody);
    await server.advance(2 * 60_000);
    await openSignedIn(page, demo.nadia, '/');
    await page.getByRole('button', { name: 'Administration' }).click();
    await page.getByRole('link', { name: 'Statistiques' }).click();
    await expect(heading(page, 'Statistiques')).toBeFocused();
    const chart = page.getByRole('img', { name: /^Connexions par moyen/ });
    await expect(async () => {
      await page.getByRole('button', { name: 'Afficher' }).click();
      await expect(chart).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await expect(chart).toHaveAccessibleName(/Mot de passe et e-mail\s: \d/);
    await holdsInBothLanguages(page);

    await page.locator('summary', { hasText: 'Connexions par moyen' }).click();
    const table = page.getByRole('table', { name: 'Connexions par moyen' });
    await expect(table.getByRole('columnheader', { name: 'Total' })).toBeVisible();
    await expect(table.getByRole('row', { name: /^Total/ })).toBeVisible();
    await holdsInBothLanguages(page);
    const file = await saved(page, 'Exporter en CSV');
    expect(file.name).toMatch(/^portillon-connexions-\d{4}-01-01-\d{4}-\d\d-\d\d\.csv$/);
    expect(file.text).toContain('sign_ins');

    await page.getByLabel('Une barre par').selectOption({ label: 'Jour' });
    await page.getByLabel('Du', { exact: true }).fill('2000-01-01');
    await page.getByRole('button', { name: 'Afficher' }).click();
    await expect(page.getByRole('alert')).toContainText('un an au plus par jour');
  });
});

test('a national administrator looks at one structure at a time', async ({ page, demo }) => {
  await signInByApi(page, demo.claire);
  await page.context().clearCookies();
  await signInByApi(page, demo.paul);
  await page.context().clearCookies();
  await openSignedIn(page, demo.national, '/administration/journal');
  await expect(lines(page).filter({ hasText: 'Claire Martin' }).first()).toBeVisible();
  const structure = page.getByLabel('Structure', { exact: true });
  await structure.fill('Centre');
  await expect(page.getByRole('option', { name: 'Centre de santé du Port' })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(structure).toHaveValue('Centre de santé du Port');
  await expect(structure).toBeFocused();
  await page.getByRole('button', { name: 'Filtrer' }).click();
  await expect(lines(page).filter({ hasText: 'Claire Martin' })).toHaveCount(0);
  await expect(lines(page).filter({ hasText: 'Paul Durand' }).first()).toBeVisible();
  await holdsInBothLanguages(page);
  await structure.fill('');
  await page.getByRole('button', { name: 'Filtrer' }).click();
  await expect(lines(page).filter({ hasText: 'Claire Martin' }).first()).toBeVisible();
});

function lines(page: Page) {
  return page.getByRole('region', { name: 'Lignes du journal' }).getByRole('listitem');
}

async function saved(page: Page, button: string): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

async function openEmergencyAccess(page: Page, administrator: Person, person: Person): Promise<void> {
  await signInByApi(page, administrator);
  const found = await page.request.get(`/api/admin/accounts?q=${person.username}`);
  const { items } = (await found.json()) as { items: { id: string }[] };
  const answer = await page.request.post(`/api/admin/accounts/${items[0]!.id}/emergency-access`, {
    data: { means: 'password', hours: 8, reason: 'Carte perdue, garde de nuit' },
  });
  expect(answer.ok()).toBe(true);
}
