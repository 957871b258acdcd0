import { faults } from '../harness/accessibility';
import { PASSWORD } from '../harness/people';
import {
  arrived,
  expect,
  giveMailedCode,
  givePassword,
  heading,
  openSignedIn,
  preferSms,
  test,
} from '../harness/test';

/** The browser's own words on what it could not load. */
const UNREACHED = /Failed to load resource: net::|Failed to fetch dynamically|status of 503|^503 from/;

test.describe('when the server is down', () => {
  test.use({ expected: UNREACHED });

  test('the sign-in page says so, keeps the input, and continues when it is back', async ({
    page,
    somebody,
    server,
  }) => {
    await page.goto('/connexion');
    await expect(page.getByLabel('Mot de passe', { exact: true })).toBeVisible();
    await server.stop();
    try {
      await givePassword(page, somebody);
      await expect(page.getByRole('alert')).toContainText('Le service ne répond pas.');
      await expect(page.getByLabel('Mot de passe', { exact: true })).toHaveValue(PASSWORD);
    } finally {
      await server.start();
    }
    await page.getByRole('button', { name: 'Réessayer' }).click();
    await giveMailedCode(page, somebody);
    await arrived(page, somebody);
  });

  test('a page already open says so, and continues when it is back', async ({ page, demo, server }) => {
    await openSignedIn(page, demo.nadia, '/mon-compte/connexions');
    await expect(page.getByText('Cet appareil')).toBeVisible();
    await server.stop();
    try {
      await page.getByRole('button', { name: 'Oublier tous les navigateurs' }).click();
      await expect(page.getByRole('alert')).toContainText('Le service ne répond pas.');
      await page.getByRole('link', { name: 'Mes données' }).click();
      await expect(page.getByRole('alert').last()).toBeVisible();
    } finally {
      await server.start();
    }
    await page
      .getByRole('button', { name: /Réessayer|Recharger la page/ })
      .last()
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText('Session de Nadia Benali')).toBeVisible();
  });

  test('a page opened behind a proxy says so, and continues when it is back', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/connexion');
    await page.route('**/api/session', (route) =>
      route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>503 Service Unavailable</h1>' }),
    );
    // Whose HTML could not say who is signed in.
    await page.route('/mon-compte/donnees', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/,"session":.*(?=\}<\/script>)/, '');
      await route.fulfill({ response, body });
    });
    await page.goto('/mon-compte/donnees');
    await expect(heading(page, 'La page n’a pas pu s’afficher')).toBeVisible();
    await expect(
      page.getByText('Vérifiez que ce poste est bien relié au réseau, puis réessayez.'),
    ).toBeVisible();
    await page.unroute('**/api/session');
    await page.getByRole('button', { name: 'Réessayer' }).click();
    await expect(heading(page, 'Mes données')).toBeVisible();
  });
});

test.describe('without a network', () => {
  // A module that did not come is thrown without a stack, and written by the router too.
  test.use({ expected: /net::|^thrown: $|Failed to fetch dynamically/ });

  test('one bar says so, and the requested page opens automatically when it is back', async ({
    page,
    demo,
    context,
  }) => {
    await openSignedIn(page, demo.nadia, '/');
    await expect(page.getByRole('region', { name: 'À traiter' })).toBeVisible();
    await context.setOffline(true);
    const bar = page.getByRole('alert');
    await expect(bar).toContainText('Pas de réseau.');
    await page.getByRole('link', { name: 'Journal', exact: true }).click();
    await expect(heading(page, 'La page n’a pas pu s’afficher')).toBeVisible();
    await expect(bar).toHaveCount(1);
    expect(await faults(page)).toEqual([]);
    await context.setOffline(false);
    await expect(heading(page, 'Journal')).toBeVisible();
    await expect(page.locator('[data-line]').first()).toBeVisible();
    await expect(bar).toHaveCount(0);
    // What is open asks again without being opened anew.
    await context.setOffline(true);
    await page.getByLabel('Résultat', { exact: true }).selectOption({ index: 1 });
    await expect(bar).toHaveCount(1);
    await context.setOffline(false);
    await expect(bar).toHaveCount(0);
  });
});

test.describe('when a message cannot leave', () => {
  test.use({ expected: /502/ });

  test('the code step says so, and offers the other way', async ({ page, somebody }) => {
    // The demo's mailbox never fails: the answer is turned into the one that a failure has.
    await page.route('**/api/sign-in/password', async (route) => {
      const response = await route.fetch();
      const { challenge } = (await response.json()) as { challenge: object };
      const problem = { type: 'about:blank', title: 'x', status: 502, code: 'delivery.failed', challenge };
      await route.fulfill({ response, status: 502, contentType: 'application/problem+json', json: problem });
    });
    await preferSms(page, somebody);
    await givePassword(page, somebody);
    await expect(page.getByText('Le SMS n’est pas parti.')).toBeVisible();
    await expect(page.getByLabel('Code', { exact: true })).toHaveCount(0);
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Recevoir le code par e‑mail' }).click();
    await expect(page.getByText(/envoyé par e‑mail à/)).toBeVisible();
    await giveMailedCode(page, somebody);
    await arrived(page, somebody);
  });
});

test('a message that may have left is shown as such, and its code is accepted', async ({
  page,
  somebody,
}) => {
  // The demo's mailbox always confirms: the answer is turned into the one of a relay that is silent after the message.
  await page.route('**/api/sign-in/password', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { challenge: object };
    await route.fulfill({
      response,
      json: { ...body, challenge: { ...body.challenge, delivery: 'unconfirmed' } },
    });
  });
  await givePassword(page, somebody);
  await expect(page.getByText('Un code OTP vous a peut-être été envoyé par e‑mail')).toBeVisible();
  await expect(page.getByText('n’est pas parti')).toHaveCount(0);
  expect(await faults(page)).toEqual([]);
  await giveMailedCode(page, somebody);
  await arrived(page, somebody);
});

test.describe('when too many people come at once', () => {
  test.use({ expected: /503/ });

  test('the page says how long to wait', async ({ page, demo }) => {
    await page.route('**/api/sign-in/password', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        headers: { 'retry-after': '3' },
        json: { type: 'about:blank', title: 'x', status: 503, code: 'service.busy', retryAfterSeconds: 3 },
      }),
    );
    await givePassword(page, demo.claire);
    await expect(page.getByRole('alert')).toContainText('Beaucoup de personnes se connectent en ce moment.');
    const again = page.getByRole('button', { name: 'Réessayer' });
    await expect(again).toBeDisabled();
    expect(await faults(page)).toEqual([]);
    await page.unroute('**/api/sign-in/password');
    await again.click();
    await expect(heading(page, 'Saisir le code')).toBeVisible();
  });
});

test('an address that leads nowhere says so, and leads home', async ({ page, demo }) => {
  await openSignedIn(page, demo.nadia, '/nulle-part');
  await expect(heading(page, 'Cette page n’existe pas')).toBeVisible();
  await page.getByRole('link', { name: 'Revenir à l’accueil' }).click();
  await arrived(page, demo.nadia);
});
