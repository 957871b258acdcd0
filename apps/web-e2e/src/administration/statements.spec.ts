import { join } from 'node:path';
import { faults, holdsInBothLanguages, LAPTOP, NARROW, fits } from '../harness/accessibility';
import { Server } from '../harness/server';
import { expect, heading, signInByApi, test as base } from '../harness/test';

/** A service whose operator publishes texts from files. */
const test = base.extend<object, { server: Server }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const ready = () => Promise.resolve({ SITE_STATEMENTS: join(__dirname, '../statements') });
      const server = await Server.open({ scheme: 'http', origins: () => [], ready });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
});

// Each worker would start a server of this kind for itself.
test.describe.configure({ mode: 'default' });

test('the page « Accessibilité » is the declaration of the operator, and the footer says its state', async ({
  page,
}) => {
  await page.setViewportSize(LAPTOP);
  await page.goto('/accessibilite');
  await expect(heading(page, 'Accessibilité : partiellement conforme')).toBeVisible();
  for (const sentence of [
    'GCS Santé des Trois Dames s’engage à rendre ses services en ligne accessibles',
    'L’audit réalisé le 12 novembre 2026 par Cabinet Accès révèle que 78,5 % des critères applicables',
    'Critère 12.8',
    'NVDA 2026.1 et Firefox 145',
    'Cette déclaration a été établie le 20 novembre 2026.',
  ])
    await expect(page.getByText(sentence)).toBeVisible();
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name: 'Schéma pluriannuel' })).toHaveAttribute(
    'href',
    'https://sante.example/accessibilite/schema-2026-2028',
  );
  await expect(
    page.getByRole('contentinfo').getByRole('link', { name: 'Accessibilité : partiellement conforme' }),
  ).toBeVisible();
  await page.setViewportSize(NARROW);
  await holdsInBothLanguages(page);
});

test('the legal notice and the page on personal data have the operator’s words, in their language', async ({
  page,
}) => {
  await page.setViewportSize(LAPTOP);
  await page.goto('/mentions-legales');
  await expect(page.getByRole('heading', { name: 'Médiation', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'dpo@sante.example' })).toBeVisible();
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Mediation', exact: true })).toBeVisible();

  await page.goto('/donnees-personnelles');
  const french = page.locator('[lang=fr]').filter({ hasText: 'Sous-traitants' });
  await expect(french.last()).toBeVisible();
  await expect(page.getByText('Nadia Benali')).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.setViewportSize(NARROW);
  await fits(page, 'personal data');
});

test('the editor of the legal notice sees which texts come from a file of the server', async ({
  page,
  demo,
}) => {
  await signInByApi(page, demo.national);
  await page.goto('/administration/mentions-legales');
  await expect(page.getByLabel('Nom et forme juridique')).toBeVisible();
  await expect(page.getByText('Un fichier du serveur le dit')).toHaveCount(2);
  await expect(page.getByLabel('État de conformité')).toHaveCount(0);
  await page.getByLabel('Nom et forme juridique').fill('GCS Santé des Trois Dames');
  await page.getByRole('button', { name: 'Publier' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'sont publiées' })).toBeFocused();
  await expect(page.getByRole('link', { name: 'Accessibilité : partiellement conforme' })).toBeVisible();
  await holdsInBothLanguages(page);
});
