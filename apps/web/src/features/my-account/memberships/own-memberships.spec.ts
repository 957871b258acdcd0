import { flushPromises, mount } from '@vue/test-utils';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { session } from '../../../../test/samples';
import { answerOwnProposal, listOwnMemberships } from '../../../api/account.api';
import { getSession } from '../../../api/session.api';
import type { OwnMembershipList } from '../../../api/types';
import { loadMessages } from '../../../locales';
import { useSessionStore } from '../../../stores/session.store';
import OwnMemberships from './OwnMemberships.vue';

vi.mock('../../../api/account.api');
vi.mock('../../../api/session.api');
const NORTH = { id: 'nord', name: 'Hôpital Nord' };
const SOUTH = { id: 'sud', name: 'Clinique du Sud' };
const member = { since: '2026-01-05T08:00:00.000Z', until: null, roles: ['professional'], function: null };
const proposal: OwnMembershipList['proposals'][number] = {
  ...{ id: 'p1', structure: SOUTH, roles: ['professional'], function: 'Cardiologue', needs: null },
  until: '2027-06-30T21:59:59.999Z',
  proposedAt: '2026-11-20T08:00:00.000Z',
  expiresAt: '2026-12-20T08:00:00.000Z',
};
const listed = (...proposals: OwnMembershipList['proposals']): OwnMembershipList => ({
  items: [{ ...member, structure: NORTH, manages: true }],
  proposals,
});
async function shown() {
  const card = mount(OwnMemberships, { attachTo: document.body });
  await flushPromises();
  return card;
}

beforeAll(() => loadMessages('memberships'));
beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(getSession).mockResolvedValue(session());
  useSessionStore().adopt(session());
});

describe('« Mes établissements »', () => {
  it('shows what a structure proposes, and joins it', async () => {
    vi.mocked(listOwnMemberships).mockResolvedValueOnce(listed(proposal)).mockResolvedValue(listed());
    const card = await shown();
    for (const text of ['Clinique du Sud vous propose', 'Cardiologue', '30\u00a0juin\u00a02027'])
      expect(card.text().replace(/ (?=\d)|(?<=\d) /g, '\u00a0')).toContain(text);
    await card.get('[aria-label="Rejoindre Clinique du Sud"]').trigger('click');
    await flushPromises();
    expect(answerOwnProposal).toHaveBeenCalledWith('p1', true);
    expect(getSession).toHaveBeenCalled();
    expect(card.get('[role=status]').text()).toContain('vous travaillez aussi pour Clinique du Sud');
    expect(card.find('button').exists()).toBe(false);
    card.unmount();
  });

  it.each(['mail-link', 'card'] as const)('says which proof an answer needs: %s', async (needs) => {
    vi.mocked(listOwnMemberships).mockResolvedValue(listed({ ...proposal, needs }));
    const card = await shown();
    expect(card.text()).toContain(needs === 'card' ? 'Pro Santé Connect' : 'ouvrez le lien');
    expect(card.find('button').exists()).toBe(false);
    card.unmount();
  });
});
