import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hospital, structure } from '../../../../test/administration';
import { api, beginAsStructureAdmin, signedInAs } from '../../../../test/administration-server';
import { open, page, press, router, text } from '../../../../test/pages';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/session.api');

beforeEach(beginAsStructureAdmin);
afterEach(() => page.unmount());

describe('the list of structures', () => {
  beforeEach(() => signedInAs('national-admin'));

  it('shows for each its people, those without strong means, its rules and its last change', async () => {
    const figures = { people: 128, withoutStrongMeans: 17, lastActAt: '2026-11-24T08:00:00Z' };
    const rules = ['strong-means', 'no-sms'] as ('strong-means' | 'no-sms')[];
    api.listStructures.mockResolvedValue({ items: [structure({ rules, figures })], nextCursor: null });
    await open('/administration/structures');
    expect(api.listStructures).toHaveBeenCalledWith(expect.objectContaining({ figures: 'true' }));
    for (const words of ['128', '17', 'moyens forts, sans SMS', '24 nov. 2026'])
      expect(text()).toContain(words);
  });

  it('says « jamais » for the last action where there was none', async () => {
    api.listStructures.mockResolvedValue({ items: [structure()], nextCursor: null });
    await open('/administration/structures');
    expect(page.findAll('tbody td').at(-1)!.text()).toMatch(/jamais$/);
  });

  it('leads from a structure to its accounts and its journal', async () => {
    await open(`/administration/structures/${hospital.id}`);
    await press('Ses comptes');
    expect(router.currentRoute.value.fullPath).toBe(`/administration/comptes?structure=${hospital.id}`);
  });
});
