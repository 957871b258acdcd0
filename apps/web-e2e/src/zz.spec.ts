import { giveSecondStructure } from './harness/people';
import { signInByApi, test, heading, expect, arrived } from './harness/test';
const sizes = { l: { width: 1366, height: 641 }, n: { width: 320, height: 640 } };
test('x', async ({ page, server, somebody }) => {
  giveSecondStructure(server, somebody, 'Clinique de la Vallée', 'Cardiologue');
  await signInByApi(page, somebody);
  const shot = async (name: string) => {
    for (const [k, size] of Object.entries(sizes)) {
      await page.setViewportSize(size);
      await page.waitForTimeout(300);
      await page.screenshot({ path: `/tmp/c/${name}-${k}.png` });
    }
  };
  await page.goto('/');
  await expect(heading(page, 'Vous travaillez aujourd’hui pour…')).toBeVisible();
  await shot('choice');
  await page.getByRole('button', { name: 'Vallée' }).click();
  await arrived(page, somebody);
  await shot('home');
  await page.getByRole('button', { name: 'Changer d’établissement' }).click();
  await shot('change');
});
