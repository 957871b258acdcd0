import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api, beginAsStructureAdmin, signedInAs } from '../../../../test/administration-server';
import { open, page, settle, text } from '../../../../test/pages';
import { serviceState } from '../../../../test/service-state';
import { trustStatement } from '../../../../test/trust-statement';
import { version } from '../../../../package.json';
import { getSetup } from '../../../api/setup.api';
import type { SetupState } from '../../../api/types';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/service.api');
vi.mock('../../../api/session.api');
vi.mock('../../../api/setup.api');

const PATH = '/administration/etat/confiance';

beforeEach(() => {
  beginAsStructureAdmin();
  signedInAs('national-admin');
  api.getServiceState.mockResolvedValue(serviceState());
  api.getTrustStatement.mockResolvedValue(trustStatement());
});
afterEach(() => page.unmount());

it('shows the verdict and the number of findings, not the clauses', async () => {
  await open(PATH);
  expect(page.get('[role=status]').text()).toBe('Rien n’empêche de signer.');
  expect(text()).toContain('1 réserve, avec pour chaque point');
  expect(text()).not.toContain('EXI RIE-PS 10');
});

it('shows the obstacles', async () => {
  const [one] = trustStatement().reservations;
  const reservations = [one!, ...['a', 'b'].map((id) => ({ ...one!, id, state: 'forbidden' as const }))];
  api.getTrustStatement.mockResolvedValue(trustStatement({ signable: false, reservations }));
  await open(PATH);
  expect(page.get('[role=status]').text()).toBe('Ne peut pas être signé en l’état.');
  expect(text()).toContain('2 interdits, 1 réserve,');
});

it('has the clauses, the service and the verification on paper alone', async () => {
  await open(PATH);
  dispatchEvent(new Event('beforeprint'));
  await settle();
  const printed = ['Réserve EXI RIE-PS 10', 'Un code accepté tient 24 heures.', 'Pro Santé Connect : ouvert'];
  for (const sentence of [...printed, location.origin, version, 'portillon audit verify'])
    expect(text()).toContain(sentence);
  dispatchEvent(new Event('afterprint'));
  await settle();
  expect(text()).not.toContain('EXI RIE-PS 10');
});

it('is printed', async () => {
  window.print = vi.fn();
  await open(PATH);
  await page
    .findAll('button')
    .find((one) => one.text() === 'Imprimer le relevé')!
    .trigger('click');
  expect(window.print).toHaveBeenCalledOnce();
});

it.each([
  [5, ['État', 'Mentions', 'Conformité', 'Démarrage']],
  [7, ['État', 'Mentions', 'Conformité']],
])('is a tab of the service, as the start is until it is complete: %i of 7 steps', async (done, tabs) => {
  vi.mocked(getSetup).mockResolvedValue({ done, total: 7 } as SetupState);
  await open(PATH);
  expect(page.findAll('nav[aria-label=Service] a').map((tab) => tab.text())).toEqual(tabs);
});

it('is no page for the administrator of a structure', async () => {
  signedInAs('structure-admin');
  await open(PATH);
  expect(api.getTrustStatement).not.toHaveBeenCalled();
});
