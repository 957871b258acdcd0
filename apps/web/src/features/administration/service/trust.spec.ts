import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api, beginAsStructureAdmin, signedInAs } from '../../../../test/administration-server';
import { open, page, text } from '../../../../test/pages';
import { serviceState } from '../../../../test/service-state';
import { trustStatement } from '../../../../test/trust-statement';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/service.api');
vi.mock('../../../api/session.api');

const PATH = '/administration/etat/confiance';

beforeEach(() => {
  beginAsStructureAdmin();
  signedInAs('national-admin');
  api.getServiceState.mockResolvedValue(serviceState());
  api.getTrustStatement.mockResolvedValue(trustStatement());
});
afterEach(() => page.unmount());

it('shows whether anything prevents signing, and the finding and remedy of each caveat', async () => {
  await open(PATH);
  expect(page.get('[role=status]').text()).toMatch(/^Rien de ce que l’outil peut lire n’empêche de signer/);
  for (const sentence of ['EXI RIE-PS 10', 'Un code accepté tient 24 heures.', 'Pro Santé Connect : ouvert'])
    expect(text()).toContain(sentence);
  expect(page.get('article h3').text()).toMatch(/^Réserve/);
});

it('shows the obstacles', async () => {
  const [one] = trustStatement().reservations;
  const reservations = [{ ...one!, state: 'forbidden' as const }];
  const verdict = 'NE PEUT PAS ÊTRE SIGNÉ : 1 interdit, 0 point à faire d’abord.';
  api.getTrustStatement.mockResolvedValue(trustStatement({ signable: false, verdict, reservations }));
  await open(PATH);
  expect(page.get('[role=status]').text()).toBe(verdict);
  expect(page.get('article h3').text()).toMatch(/^Interdit/);
});

it('is printed', async () => {
  window.print = vi.fn();
  await open(PATH);
  await page
    .findAll('button')
    .find((one) => one.text() === 'Imprimer ce relevé')!
    .trigger('click');
  expect(window.print).toHaveBeenCalledOnce();
});

it('is led to by the state of the service', async () => {
  await open('/administration/etat');
  expect(page.find(`a[href="${PATH}"]`).text()).toBe('Ce qui peut être signé');
});

it('is no page for the administrator of a structure', async () => {
  signedInAs('structure-admin');
  await open(PATH);
  expect(api.getTrustStatement).not.toHaveBeenCalled();
});
