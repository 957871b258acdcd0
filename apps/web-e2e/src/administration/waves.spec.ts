import { faults, fits, LAPTOP, NARROW } from '../harness/accessibility';
import { expect, heading, openSignedIn, test } from '../harness/test';

const FIGURES = { people: 3_000, invited: 1_200, opened: 700, signedIn: 600, bounced: 75, reminded: 0 };
const WAVE = {
  id: 'w1',
  name: 'Établissements du Nord et du Pas-de-Calais',
  state: 'PAUSED',
  pausedReason: 'bounces',
  startsOn: '2026-11-30',
  untilAt: '2027-01-15T21:00:00.000Z',
  perHour: 300,
  structuresPerDay: 1,
  remindersAt: null,
  figures: FIGURES,
  structures: [{ structureId: 's1', name: 'Centre hospitalier intercommunal du Littoral', figures: FIGURES }],
};

test('the pages of waves of invitations have no fault that axe can see, and fit a phone and a laptop', async ({
  page,
  demo,
}) => {
  await page.route('**/api/admin/invitation-waves', (route) => route.fulfill({ json: { items: [WAVE] } }));
  await page.route('**/api/admin/invitation-waves/w1', (route) => route.fulfill({ json: WAVE }));
  await openSignedIn(page, demo.national, '/administration/vagues');
  const stop = async (name: string) => {
    await expect(heading(page, name)).toBeVisible();
    for (const size of [NARROW, LAPTOP]) {
      await page.setViewportSize(size);
      await fits(page, name);
    }
    expect.soft(await faults(page), name).toEqual([]);
  };
  await stop('Vagues d’invitations');
  await page.getByRole('link', { name: 'Créer une vague' }).click();
  await stop('Créer une vague');
  await page.getByRole('button', { name: 'Commencer la vague' }).click();
  await expect(page.getByLabel('Nom de la vague')).toBeFocused();
  await page.getByRole('link', { name: 'Annuler' }).click();
  await page.getByRole('link', { name: WAVE.name }).click();
  await stop(WAVE.name);
  await expect(page.getByRole('progressbar', { name: 'Invitées' })).toHaveAttribute('value', '1200');
});
