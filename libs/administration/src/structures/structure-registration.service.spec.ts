import type { Structure, StructureEdit, StructureService } from '@portillon/account';
import { Steps } from '@portillon/testing';
import type { ActJournalService, JournalAct } from '../core/act-journal.service';
import { NATIONAL } from '../testing/administrator.fixture';
import type { AdministeredStructureService } from './administered-structure.service';
import { StructureRegistrationService } from './structure-registration.service';

const HOSPITAL = { id: 'hospital', name: 'Hôpital' } as Structure;

function registration({ free = true, status = 'edited' as StructureEdit['status'] } = {}) {
  const steps = new Steps();
  const journalled: JournalAct[] = [];
  const service = new StructureRegistrationService(
    steps.transactions,
    steps.of<AdministeredStructureService>('administered', { get: async () => HOSPITAL }),
    steps.of<StructureService>('structures', {
      create: async () => (free ? { status: 'created', structure: HOSPITAL } : { status: 'number-taken' }),
      edit: async () => ({ status }),
    }),
    steps.of<ActJournalService>('journal', {
      recordOnStructure: async (_administrator, _structure, act) => void journalled.push(act),
    }),
  );
  return { steps, journalled, service };
}

describe('a structure', () => {
  it('is registered with its line of the journal, in one transaction', async () => {
    const { steps, service } = registration();
    await service.register(NATIONAL, { name: 'Hôpital', finess: '750000001', siret: null });
    const act = ['structures.create(tx)', 'journal.recordOnStructure(tx)'];
    expect(steps.taken).toEqual(['begin', ...act, 'commit']);
  });

  it('has a number', async () => {
    const { steps, service } = registration();
    const register = service.register(NATIONAL, { name: 'Hôpital', finess: null, siret: null });
    await expect(register).rejects.toMatchObject({ errors: [{ field: 'finess', code: 'required' }] });
    expect(steps.taken).toEqual([]);
  });

  it('is registered once', async () => {
    const { journalled, service } = registration({ free: false });
    const register = service.register(NATIONAL, { name: 'Hôpital', finess: '750000001', siret: null });
    await expect(register).rejects.toMatchObject({ code: 'structure.taken', errors: [{ field: 'finess' }] });
    expect(journalled).toEqual([]);
  });

  it('is changed under its version, and the journal says which fields', async () => {
    const { steps, journalled, service } = registration();
    await service.edit(NATIONAL, 'hospital', { name: 'Hôpital neuf' }, 1, 'moved');
    const act = ['begin', 'structures.edit(tx)', 'journal.recordOnStructure(tx)', 'commit'];
    expect(steps.taken).toEqual(['administered.get', ...act, 'administered.get']);
    expect(journalled).toEqual([{ name: 'structure_updated', reason: 'moved', data: { fields: ['name'] } }]);
  });

  it.each<[StructureEdit['status'], string]>([
    ['moved', 'precondition.failed'],
    ['missing', 'not-found'],
    ['name-taken', 'structure.taken'],
  ])('is not changed when it is %s', async (status, code) => {
    const { steps, journalled, service } = registration({ status });
    await expect(service.edit(NATIONAL, 'hospital', { name: 'x' }, 1)).rejects.toMatchObject({ code });
    expect(steps.taken.at(-1)).toBe('rollback');
    expect(journalled).toEqual([]);
  });
});
