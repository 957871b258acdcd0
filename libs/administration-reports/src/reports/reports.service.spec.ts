import type { AccountCountsService } from '@portillon/account';
import type { ApplicationEntity, ApplicationService } from '@portillon/application';
import type { AuditStatisticsService } from '@portillon/audit';
import type { ReportsDatabase } from '@portillon/persistence';
import type { StructureService } from '@portillon/structure';
import { SettableClock, Steps } from '@portillon/testing';
import type { AdministeredStructureService, StrongMeansPeopleService } from '@portillon/user-management';
import { NATIONAL, OF_HOSPITAL } from '@portillon/user-management/testing';
import type { PractitionerDirectoryService } from '../directory/practitioner-directory.service';
import { ReportsService } from './reports.service';

const SPAN = { from: '2026-01-01', to: '2026-03-31' };
const CAME = ['orientation', 'national', 'gone'].map((application, at) => ({
  application,
  entered: 9 - at,
  refused: at,
}));

function reports() {
  const steps = new Steps();
  const service = new ReportsService(
    steps.of<AdministeredStructureService>('structures', {
      within: async ({ scope }, asked) => (asked === undefined ? scope.structureIds : [asked]),
    }),
    steps.of<AuditStatisticsService>('statistics', { byApplication: async () => CAME }),
    steps.of<ApplicationService>('applications', {
      getAll: async () => [
        { id: 'orientation', name: 'Orientation', structureId: 'hospital' } as ApplicationEntity,
        { id: 'national', name: 'Annuaire', structureId: null } as ApplicationEntity,
      ],
    }),
    {} as StructureService,
    {} as StrongMeansPeopleService,
    {} as AccountCountsService,
    {} as PractitionerDirectoryService,
    {} as ReportsDatabase,
    new SettableClock(),
  );
  return { service };
}

describe('the report of applications', () => {
  it('names those that are still there, in the order of their entries', async () => {
    expect(await reports().service.applicationEntries(NATIONAL, SPAN)).toEqual({
      ...SPAN,
      items: [
        { id: 'orientation', name: 'Orientation', entered: 9, refused: 0 },
        { id: 'national', name: 'Annuaire', entered: 8, refused: 1 },
      ],
    });
  });

  it('says nothing of those of another structure, or of none', async () => {
    const { items } = await reports().service.applicationEntries(OF_HOSPITAL, SPAN);
    expect(items.map(({ id }) => id)).toEqual(['orientation']);
    const chosen = await reports().service.applicationEntries(NATIONAL, { ...SPAN, structure: 'hospital' });
    expect(chosen.items.map(({ id }) => id)).toEqual(['orientation']);
  });
});
