import type { AccountAdministrationService, DirectoryService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { Steps } from '@portillon/testing';
import { IncidentAnnouncementService } from './incident-announcement.service';

const ACT = {
  reason: 'Cookies volés',
  structureId: 'north',
  deciders: [{ id: 'ines', displayName: 'Inès Roy' }],
};

function announcement({ national = ['ines', 'louis'], mailFails = false } = {}) {
  const steps = new Steps();
  const journalled: unknown[] = [];
  const told: unknown[] = [];
  const service = new IncidentAnnouncementService(
    steps.of<AccountAdministrationService>('administration', {
      nationalAdministrators: async () => national,
    }),
    steps.of<DirectoryService>('directory', {
      structures: async () => new Map([['north', { name: 'Hôpital Nord' }]]) as never,
    }),
    steps.transactions,
    steps.of<SecurityNoticeService>('notices', {
      notifyAll: async (kind, people) => {
        if (mailFails) throw new Error('no notice can be kept');
        told.push(kind, ...people);
      },
    }),
    steps.of<AuditService>('audit', { record: async (event) => void journalled.push(event) }),
  );
  return { steps, journalled, told, service };
}

describe('what answers an incident', () => {
  it('is in the journal and told to every national administrator, in one transaction', async () => {
    const { steps, journalled, told, service } = announcement();
    await service.announce('incident_sessions_ended', ACT);
    expect(steps.taken).toEqual([
      'directory.structures',
      'begin',
      'audit.record(tx)',
      'administration.nationalAdministrators(tx)',
      'notices.notifyAll(tx)',
      'commit',
    ]);
    expect(journalled).toMatchObject([
      { structureId: 'north', reason: 'Cookies volés', data: { by: 'command-line', decidedBy: ['ines'] } },
    ]);
    const details = { structure: 'Hôpital Nord', deciders: ['Inès Roy'] };
    expect(told).toEqual([
      'incident-sessions-ended',
      { ...details, subjectId: 'ines' },
      { ...details, subjectId: 'louis' },
    ]);
  });

  it('is in the journal where there is no national administrator', async () => {
    const { steps, told, service } = announcement({ national: [] });
    await service.announce('incident_passwords_renewed', { reason: 'Hameçonnage' });
    expect(steps.taken.slice(-2)).toEqual(['administration.nationalAdministrators(tx)', 'commit']);
    expect(told).toEqual([]);
  });

  it('does not begin where nobody can be told', async () => {
    const { steps, service } = announcement({ mailFails: true });
    await expect(service.announce('incident_sessions_ended', ACT)).rejects.toThrow('no notice');
    expect(steps.taken.at(-1)).toBe('rollback');
  });
});
