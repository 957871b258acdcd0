import { hasNoFault, holds } from '../harness/accessibility';
import { expect, heading, openSignedIn, openStructureOf, signInByApi, test } from '../harness/test';

const HOSPITAL = 'Hôpital des Trois Dames';

test('a person who has an account joins a second structure by mail, and leaves it', async ({
  page,
  demo,
  anotherBrowser,
}) => {
  await openStructureOf(page, demo.nadia, demo.nadia);
  await page.getByRole('button', { name: 'Ajouter une personne qui a déjà un compte' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Adresse e‑mail exacte' }).check();
  await hasNoFault(page, 'proposing');
  await dialog.getByRole('textbox', { name: 'Adresse e‑mail exacte' }).fill(demo.paul.email);
  await dialog.getByLabel('Fonction (facultatif)').fill('Pharmacien de garde');
  await dialog.getByRole('button', { name: 'Proposer' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'La proposition est faite' })).toBeFocused();
  await expect(page.getByText(demo.paul.email)).toBeVisible();
  await holds(page);

  const his = await anotherBrowser();
  await his.goto(new URL(await demo.paul.linkByMail('rattachement')).href);
  await expect(his.getByRole('heading', { name: HOSPITAL })).toBeVisible();
  expect(his.url()).not.toContain('#');
  await expect(his.getByText('Fonction : Pharmacien de garde')).toBeVisible();
  await holds(his);
  await his.getByRole('button', { name: 'Rejoindre' }).click();
  await expect(his.getByText(`vous travaillez aussi pour ${HOSPITAL}`)).toBeVisible();
  await signInByApi(his, demo.paul);
  await his.goto('/mon-compte');
  await his.getByRole('button', { name: HOSPITAL }).click();
  const own = his.getByRole('region', { name: 'Mes établissements' });
  await expect(own.getByRole('listitem')).toHaveCount(2);
  await expect(own.getByRole('listitem').filter({ hasText: HOSPITAL })).toContainText('Pharmacien de garde');
  await holds(his);

  await page.goto('/administration/comptes');
  await page.getByRole('link', { name: demo.paul.name }).click();
  await expect(heading(page, demo.paul.name)).toBeVisible();
  await expect(
    page.getByText('gère ce compte. Vous voyez ce qui concerne votre établissement'),
  ).toBeVisible();
  await expect(page.getByText(demo.paul.email)).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Actions' })).toBeHidden();
  await holds(page);
  await page.getByRole('button', { name: `Mettre fin au rattachement à ${HOSPITAL}` }).click();
  await page.getByRole('alertdialog').getByRole('textbox').fill('Fin de la garde');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Mettre fin' }).click();
  await expect(heading(page, 'Comptes')).toBeVisible();
  await expect(page.getByRole('link', { name: demo.paul.name })).toBeHidden();
});

test('a person refuses a proposal in the account, and the structure is not told', async ({
  page,
  demo,
  anotherBrowser,
}) => {
  await signInByApi(page, demo.nadia);
  const { items } = (await (await page.request.get('/api/admin/structures')).json()) as {
    items: { id: string }[];
  };
  const id = items[0]!.id;
  const made = await page.request.post(`/api/admin/structures/${id}/proposals`, {
    data: { email: demo.paul.email },
  });
  expect(made.status()).toBe(202);

  const his = await anotherBrowser();
  await openSignedIn(his, demo.paul, '/mon-compte');
  const refuse = his.getByRole('button', { name: `Refuser ${HOSPITAL}` });
  await expect(refuse).toBeVisible();
  await holds(his);
  await refuse.press('Enter');
  await expect(his.getByRole('status').filter({ hasText: 'Vous avez refusé' })).toBeFocused();
  await expect(refuse).toBeHidden();

  await page.goto(`/administration/structures/${id}`);
  await expect(page.getByText(demo.paul.email)).toBeVisible();
  await page.getByRole('button', { name: `Retirer la proposition à ${demo.paul.email}` }).click();
  await expect(page.getByRole('status').filter({ hasText: 'La proposition est retirée.' })).toBeFocused();
});
