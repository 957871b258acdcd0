import type { AuditEvent, RefusalJournalService } from '@portillon/audit';
import { AccessRefusalService } from './access-refusal.service';
import { CLIENT, OF_HOSPITAL } from '../testing/administrator.fixture';

describe('a refusal of administration', () => {
  let lines: AuditEvent[];
  let refusals: AccessRefusalService;

  beforeEach(() => {
    lines = [];
    const journal = { record: async (event: AuditEvent) => void lines.push(event) };
    refusals = new AccessRefusalService(journal as RefusalJournalService);
  });

  it('says no to what the roles do not allow, and keeps who tried', async () => {
    await expect(refusals.forbid(OF_HOSPITAL, 'role', { act: 'structures.edit' })).rejects.toMatchObject({
      code: 'permission.denied',
    });
    expect(lines).toEqual([
      expect.objectContaining({
        name: 'authz_fail',
        outcome: 'FAILURE',
        reason: 'role',
        accountId: 'hugo',
        structureId: 'hospital',
        address: '192.0.2.7',
        data: { act: 'structures.edit' },
      }),
    ]);
  });

  it('hides what is out of reach as if it did not exist', async () => {
    await expect(refusals.hide(OF_HOSPITAL, { account: 'paul' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(lines).toMatchObject([{ reason: 'other-structure', data: { account: 'paul' } }]);
  });

  it('is written down without a session too', async () => {
    const asking = { actor: undefined, client: CLIENT };
    await expect(refusals.forbid(asking, 'role', {})).rejects.toMatchObject({ code: 'permission.denied' });
    expect(lines).toMatchObject([{ accountId: null, address: '192.0.2.7' }]);
  });
});
