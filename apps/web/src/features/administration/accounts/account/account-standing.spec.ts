import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wayInReason, waysIn } from '../../../../../test/administration';
import { api, beginAsStructureAdmin } from '../../../../../test/administration-server';
import { open, page, text } from '../../../../../test/pages';

vi.mock('../../../../api/administration.api');
vi.mock('../../../../api/journal.api', () => ({
  listEvents: async () => ({ items: [], nextCursor: null }),
}));
vi.mock('../../../../api/service.api');
vi.mock('../../../../api/session.api');

beforeEach(beginAsStructureAdmin);
afterEach(() => page.unmount());

describe('« Peut-elle entrer ? » on the person’s page', () => {
  it('advises the channel that works in an outage of the other', async () => {
    const away = wayInReason('channel-away', { blocks: false, channel: 'SMS', instead: 'EMAIL' });
    api.getWaysInOf.mockResolvedValue(waysIn({ reasons: [away] }));
    await open('/administration/comptes/a1');
    expect(text()).toMatch(/les SMS sont en panne.*proposez l’e-mail\./);
  });
});
