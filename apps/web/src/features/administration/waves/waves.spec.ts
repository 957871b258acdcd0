import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginAsStructureAdmin, refuse, signedInAs } from '../../../../test/administration-server';
import { field, open, page, press, router, text, type } from '../../../../test/pages';
import { NOW } from '../../../../test/samples';
import type { AdminWaveDetail } from '../../../api/types';
import * as wavesApi from '../../../api/waves.api';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/session.api');
vi.mock('../../../api/waves.api');

const api = vi.mocked(wavesApi);
const FIGURES = { people: 3_000, invited: 1_200, opened: 700, signedIn: 600, bounced: 12, reminded: 0 };

function wave(changes: Partial<AdminWaveDetail> = {}): AdminWaveDetail {
  return {
    id: 'w1',
    name: 'Le Nord',
    state: 'RUNNING',
    pausedReason: null,
    startsOn: '2026-11-30',
    untilAt: '2027-01-15T21:00:00.000Z',
    perHour: 300,
    structuresPerDay: null,
    remindersAt: null,
    figures: FIGURES,
    structures: [
      { structureId: 'north', name: 'Hôpital du Nord', figures: FIGURES },
      { structureId: null, name: null, figures: { ...FIGURES, people: 2 } },
    ],
    ...changes,
  };
}

beforeEach(() => {
  beginAsStructureAdmin();
  signedInAs('national-admin');
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  api.listWaves.mockResolvedValue({ items: [wave()], nextCursor: null });
  api.getWave.mockResolvedValue(wave());
  api.actOnWave.mockResolvedValue(wave());
  api.previewWave.mockResolvedValue({
    people: 5,
    structures: [
      { structureId: 'north', name: 'Hôpital du Nord', people: 4 },
      { structureId: 'south', name: 'Clinique du Sud', people: 1 },
    ],
  });
});
afterEach(() => page.unmount());

describe('the list of waves', () => {
  it('shows the state and the figures of each', async () => {
    await open('/administration/vagues');
    for (const part of ['Le Nord', 'En cours', '1 200 sur 3 000', '1 vague affichée.'])
      expect(text()).toContain(part);
  });

  it('is closed to the administrator of a structure, who is not offered it among the ways to invite', async () => {
    signedInAs('structure-admin');
    await open('/administration/import');
    expect(text()).not.toContain('Par vagues');
    await open('/administration/vagues');
    expect(router.currentRoute.value.name).toBe('not-allowed');
    expect(api.listWaves).not.toHaveBeenCalled();
  });
});

describe('a wave that is created', () => {
  it('shows how many people wait, and needs a name', async () => {
    await open('/administration/vagues/nouvelle');
    expect(text()).toContain('5 personnes attendent une invitation.');
    await press('Commencer la vague');
    expect(text()).toContain('Donnez un nom à la vague.');
    expect(document.activeElement).toBe(field('Nom de la vague'));
    expect(api.createWave).not.toHaveBeenCalled();
  });

  it('is sent as it was typed, and leads to its page', async () => {
    api.createWave.mockResolvedValue(wave());
    await open('/administration/vagues/nouvelle');
    await type('Nom de la vague', ' Le Nord ');
    field('Hôpital du Nord (4 personnes)').click();
    await type('Premier jour', '2026-11-30');
    await type('Dernier jour', '2027-01-15');
    await type('Structures par jour (facultatif)', '1');
    await press('Commencer la vague');
    expect(api.createWave).toHaveBeenCalledWith({
      name: 'Le Nord',
      includeExpired: false,
      structureIds: ['north'],
      startsOn: '2026-11-30',
      until: '2027-01-15',
      perHour: 300,
      structuresPerDay: 1,
    });
    expect(router.currentRoute.value.fullPath).toBe('/administration/vagues/w1');
  });

  it('says at the field which day is out of its bounds', async () => {
    const errors = [{ field: 'until', code: 'invalid', message: '' }];
    api.createWave.mockImplementation(() => refuse('validation.failed', { errors }));
    await open('/administration/vagues/nouvelle');
    await type('Nom de la vague', 'Le Nord');
    await press('Commencer la vague');
    expect(text()).toContain('Choisissez un jour de 7 à 60 jours après le premier.');
  });
});

describe('the page of a wave', () => {
  it('shows five figures with named bars, and those of each structure', async () => {
    await open('/administration/vagues/w1');
    const bars = [...document.querySelectorAll('progress')].map((bar) => [
      document.getElementById(bar.getAttribute('aria-labelledby')!)?.textContent,
      bar.value,
      bar.max,
    ]);
    expect(bars).toEqual([
      ['Invitées', 1_200, 3_000],
      ['Lien ouvert', 700, 3_000],
      ['Connectées', 600, 3_000],
      ['Message non remis', 12, 3_000],
      ['Relancées', 0, 3_000],
    ]);
    for (const part of ['1 200 sur 3 000', '15 janvier 2027', 'Hôpital du Nord', 'Sans structure'])
      expect(text()).toContain(part);
  });

  it('pauses at once, and asks before it reminds or ends', async () => {
    await open('/administration/vagues/w1');
    await press('Mettre en pause');
    expect(api.actOnWave).toHaveBeenLastCalledWith('w1', 'pause');
    await press('Terminer la vague');
    expect(api.actOnWave).toHaveBeenCalledTimes(1);
    await press('Annuler');
    await press('Relancer les personnes sans réponse');
    expect(text()).toContain('L’ancien lien ne sert plus.');
    await press('Relancer les personnes sans réponse');
    expect(api.actOnWave).toHaveBeenLastCalledWith('w1', 'remind');
  });

  it('says why it is paused, and offers to resume; an ended one offers nothing', async () => {
    api.getWave.mockResolvedValue(
      wave({ state: 'PAUSED', pausedReason: 'bounces', remindersAt: '2026-12-03T10:00:00Z' }),
    );
    await open('/administration/vagues/w1');
    expect(text()).toContain('plus de 5 % des messages n’ont pas été remis');
    expect(text()).not.toContain('Relancer les personnes');
    await press('Reprendre');
    expect(api.actOnWave).toHaveBeenLastCalledWith('w1', 'resume');
    page.unmount();
    api.getWave.mockResolvedValue(wave({ state: 'ENDED' }));
    await open('/administration/vagues/w1');
    for (const act of ['Reprendre', 'Mettre en pause', 'Terminer la vague'])
      expect(text()).not.toContain(act);
  });
});
