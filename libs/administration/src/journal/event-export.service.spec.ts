import type { AuditEntry, AuditService } from '@portillon/audit';
import { Steps } from '@portillon/testing';
import type { ActJournalService, JournalAct } from '../core/act-journal.service';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { EventExportService, ExportFormat } from './event-export.service';
import type { EventViewService } from './event-view.service';
import type { AdminEvent } from './event.dto';

const NOTHING = {
  account: null,
  actor: null,
  structure: null,
  application: null,
  means: null,
  channel: null,
  address: null,
  device: null,
  requestId: null,
  data: null,
  seal: null,
};
const event = (id: string): AdminEvent => ({
  ...NOTHING,
  id,
  at: '2026-01-01T00:00:00.000Z',
  name: 'authz_fail',
  outcome: 'FAILURE',
  reason: '=1+1',
});

function exports() {
  const steps = new Steps();
  const journalled: JournalAct[] = [];
  const service = new EventExportService(
    steps.of<AuditService>('audit', {
      async *all() {
        yield [{ id: '2' }] as AuditEntry[];
        yield [{ id: '1' }] as AuditEntry[];
      },
    }),
    steps.of<ActJournalService>('journal', { record: async (_, act) => void journalled.push(act) }),
    steps.of<EventViewService>('view', { of: async (entries) => entries.map(({ id }) => event(id)) }),
  );
  const text = async (format: ExportFormat) =>
    (await (await service.open(OF_HOSPITAL, { structureId: 'hospital' }, format)).toArray()).join('');
  return { steps, journalled, text };
}

describe('the export of the journal', () => {
  it.each(['csv', 'jsonl'] as const)(
    'is in the journal before its first line is given: %s',
    async (format) => {
      const { steps, journalled, text } = exports();
      await text(format);
      expect(steps.taken).toEqual(['journal.record', 'audit.all', 'view.of', 'view.of']);
      const data = { what: 'events', format, structureId: 'hospital' };
      expect(journalled).toEqual([{ name: 'sensitive_read', data }]);
    },
  );
});
