import { readFileSync } from 'node:fs';
import {
  faults,
  holdsInBothLanguages,
  holdsInForcedColours,
  LAPTOP,
  wholeInView,
} from '../harness/accessibility';
import { expect, heading, openSignedIn, type Page, signInByApi, test } from '../harness/test';

test.describe('« Statistiques »', () => {
  test('answer at a glance, by keyboard, in tables and a file', async ({ page, somebody, demo, server }) => {
    test.slow();
    await signInByApi(page, somebody);
    await server.advance(2 * 60_000);
    await openSignedIn(page, demo.nadia, '/');
    await expect(heading(page, `Bonjour ${demo.nadia.name}`)).toBeVisible();
    await page.getByRole('link', { name: 'Journal', exact: true }).click();
    await page.getByRole('link', { name: 'Statistiques', exact: true }).click();
    await expect(heading(page, 'Statistiques')).toBeFocused();
    const chart = page.getByRole('img', { name: /^Connexions par moyen/ });
    const reader = page.getByRole('slider', { name: 'Lire barre par barre : Connexions par moyen' });
    // Today's sign-in is counted when the journal is sealed; days before have those of other tests.
    const ofToday = /Mot de passe et e‑mail\s: \d/;
    await expect(async () => {
      await page.reload();
      await expect(reader).toHaveAttribute('aria-valuetext', ofToday, { timeout: 1_000 });
    }).toPass();
    await page.setViewportSize(LAPTOP);
    const figures = page.locator('[data-figure]');
    await expect(figures).toHaveCount(5);
    expect(await wholeInView(figures)).toBe(5);
    await expect(figures.first()).toContainText(/^connexions[1-9]/);
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await expect(heading(page, 'Statistics')).toBeVisible();
    expect(await wholeInView(figures)).toBe(5);
    await page.getByRole('button', { name: 'Français', exact: true }).click();
    await expect(chart).toHaveAccessibleName(/Mot de passe et e‑mail\s: \d/);

    // Today is the last bar, and not over; the arrow keys go from one to the next.
    await expect(page.getByText('Aujourd’hui, pas encore fini').first()).toBeVisible();
    await reader.focus();
    const readOut = page.locator('[data-read-out]');
    await expect(readOut).toContainText(ofToday);
    await holdsInBothLanguages(page);
    await holdsInForcedColours(page);
    const today = (await reader.getAttribute('aria-valuetext'))!;
    await reader.press('ArrowLeft');
    await expect(reader).not.toHaveAttribute('aria-valuetext', today);
    await reader.press('ArrowRight');
    await expect(reader).toHaveAttribute('aria-valuetext', today);
    await page.keyboard.press('Escape');
    await expect(readOut).toHaveCount(0);
    await page.locator('main').click({ position: { x: 4, y: 4 } });
    const { x, y, width } = (await chart.boundingBox())!;
    await page.mouse.move(x + width - 8, y + 60);
    await expect(readOut).toContainText(/Mot de passe et e‑mail\s: \d/);
    await page.mouse.move(1, 1);
    await expect(readOut).toHaveCount(0);

    await page.locator('summary', { hasText: 'Connexions par moyen' }).click();
    const table = page.getByRole('table', { name: 'Connexions par moyen' });
    await expect(table.getByRole('columnheader', { name: 'Total' })).toBeVisible();
    await expect(table.getByRole('row', { name: /^Total/ })).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Exporter', exact: true }).click();
    const file = await saved(page, 'Exporter en CSV');
    expect(file.name).toMatch(/^portillon-connexions-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
    expect(file.text).toContain('sign_ins');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: '12 mois' }).click();
    await expect(page.getByText('Mois en cours').first()).toBeVisible();
    await expect(page).toHaveURL(/period=year/);
    await page.reload();
    await expect(page.getByRole('button', { name: '12 mois' })).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'Dates' }).press('Enter');
    await page.getByLabel('Une barre par').selectOption({ label: 'Par jour' });
    await page.getByLabel('Du', { exact: true }).focus();
    await page.keyboard.type('01012000');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('alert')).toContainText('un an au plus par jour');
    await holdsInBothLanguages(page);
  });

  test('of one structure are in the address, which can be sent', async ({ page, demo }) => {
    await openSignedIn(page, demo.national, '/administration/statistiques');
    await page.getByLabel('Toute structure').fill('Centre');
    await page.getByRole('option', { name: 'Centre de santé du Port' }).click();
    const chip = page.getByRole('button', { name: 'Ne plus filtrer par Centre de santé du Port' });
    await expect(chip).toBeFocused();
    await expect(page).toHaveURL(/structure=/);
    await page.reload();
    await expect(chip).toBeVisible();
    await holdsInBothLanguages(page);
    await chip.press('Enter');
    await expect(page.getByLabel('Toute structure')).toBeFocused();
  });
});

test('a national administrator looks at one structure at a time', async ({ page, demo }) => {
  await signInByApi(page, demo.claire);
  await page.context().clearCookies();
  await signInByApi(page, demo.paul);
  await page.context().clearCookies();
  await openSignedIn(page, demo.national, '/administration/journal');
  await expect(lines(page).filter({ hasText: 'Claire Martin' }).first()).toBeVisible();
  const search = page.getByLabel('Personne ou structure');
  await search.fill('Centre');
  await expect(page.getByRole('option', { name: 'Centre de santé du Port' })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  // Where the system chooses the colours, a line and not a tint shows what is chosen.
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(page.locator('[data-highlighted]')).toHaveCSS('outline-style', 'solid');
  await expect(page.getByRole('link', { name: 'Comptes' })).toHaveCSS('border-left-width', '0px');
  const rail = page.getByRole('navigation', { name: 'Administration' });
  await expect(rail.getByRole('link', { name: 'Journal' })).toHaveCSS('border-left-width', '4px');
  await page.emulateMedia({ forcedColors: 'none' });
  await page.keyboard.press('Enter');
  await expect(search).toHaveValue('');
  await expect(search).toBeFocused();
  const chip = page.getByRole('button', { name: 'Ne plus filtrer par Centre de santé du Port' });
  await expect(lines(page).filter({ hasText: 'Claire Martin' })).toHaveCount(0);
  await expect(lines(page).filter({ hasText: 'Paul Durand' }).first()).toBeVisible();
  await holdsInBothLanguages(page);
  await chip.press('Enter');
  await expect(lines(page).filter({ hasText: 'Claire Martin' }).first()).toBeVisible();
});

function lines(page: Page) {
  return page.locator('[data-line]');
}

async function saved(page: Page, button: string): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}
