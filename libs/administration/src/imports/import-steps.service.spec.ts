import type {
  AccountAdministrationService,
  AccountCreation,
  AccountImportService,
  AccountService,
  AccountStatus,
  ImportProblem,
  ImportState,
} from '@portillon/account';
import type { InvitationService } from '@portillon/recovery';
import type { Structure, StructureService } from '@portillon/structure';
import { Steps } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import { claire } from '@portillon/user-management/testing';
import { importJob, importLine } from '../testing/import.fixture';
import { ImportStepsService } from './import-steps.service';

interface Case {
  created?: AccountCreation;
  status?: AccountStatus;
  undone?: boolean;
}

/** One step of an import in `state`, of two lines. */
async function step(state: ImportState, { created, status = 'INVITED', undone = true }: Case = {}) {
  const steps = new Steps();
  const changes: object[] = [];
  const invited: object[] = [];
  const service = new ImportStepsService(
    steps.of<AccountImportService>('imports', {
      change: async (_, change) => void changes.push(change),
    }),
    steps.of<AccountService>('accounts', {
      create: async () => created ?? { status: 'created', account: claire() },
      get: async () => claire({ status }),
    }),
    steps.of<AccountAdministrationService>('administration', { undoCreation: async () => undone }),
    steps.of<StructureService>('structures', {}),
    steps.of<InvitationService>('invitations', { send: async (_, who) => void invited.push(who) }),
  );
  const lines = [importLine(2, { accountId: 'claire' }), importLine(3, { accountId: 'claire' })];
  const task = service.taskOf(state);
  await task.work(importJob({ state }), lines, {} as EntityManager);
  return { task, changes, invited };
}

describe('a step of an import', () => {
  it('finds bad what another request made since the check', async () => {
    const { changes } = await step('CREATING', { created: { status: 'username-taken' } });
    const problems = [{ field: 'username', code: 'taken' }];
    expect(changes[0]).toEqual({ line: 2, state: 'BAD', problems });
  });

  it('invites in the name of the requester, at the pace of bulk mail', async () => {
    const { task, changes, invited } = await step('INVITING');
    expect(task.from).toBe('MADE');
    expect(invited).toEqual([
      { id: 'hugo', bulk: true },
      { id: 'hugo', bulk: true },
    ]);
    expect(changes[0]).toEqual({ line: 2, state: 'INVITED' });
  });

  it('does not invite a person whose account was closed or accepted meanwhile', async () => {
    expect((await step('INVITING', { status: 'DEACTIVATED' })).invited).toEqual([]);
    expect((await step('INVITING', { status: 'ACTIVE' })).invited).toEqual([]);
  });

  it('takes back what was made, and keeps what was used since', async () => {
    expect((await step('UNDOING')).changes[0]).toEqual({ line: 2, state: 'UNDONE' });
    expect((await step('UNDOING', { undone: false })).changes[0]).toEqual({ line: 2, state: 'KEPT' });
  });
});

const HOSPITAL = { id: 'hospital' } as Structure;
const CLINIC = { id: 'clinic' } as Structure;

/** The problems of one line, where the erased account and an earlier line have the empty user name. */
async function problemsOf(content: object, structureId: string | null = null) {
  const problems: ImportProblem[] = [];
  const service = new ImportStepsService(
    {
      doubles: async () => new Set([3]),
      good: async () => undefined,
      change: async (_: string, change: { problems: ImportProblem[] }) => problems.push(...change.problems),
    } as unknown as AccountImportService,
    { findTaken: async () => new Set(['', 'claire.martin']) } as unknown as AccountService,
    {} as AccountAdministrationService,
    {
      findAll: async () =>
        new Map([
          ['Hôpital', HOSPITAL],
          ['Clinique', CLINIC],
        ]),
    } as unknown as StructureService,
    {} as InvitationService,
  );
  const line = importLine(3);
  const lines = [{ ...line, content: { ...line.content, ...content } }];
  const { work } = service.taskOf('CHECKING');
  await work({ ...importJob(), structureId }, lines, {} as EntityManager);
  return problems.map(({ field, code }) => `${field} ${code}`);
}

describe('the check of a line of an import', () => {
  it('reports an empty user name by its form, not as taken or doubled', async () => {
    expect(await problemsOf({ username: '' })).toEqual(['username format']);
    expect(await problemsOf({ username: 'claire.martin' })).toEqual(['username taken', 'username double']);
  });

  it.each([
    ['its own structure', 'Hôpital', []],
    ['another structure', 'Clinique', ['structure choice']],
    ['an unknown structure', 'Hopital Nord', ['structure choice']],
  ])('of a structure’s administrator answers alike for %s', async (_, structure, problems) => {
    expect(await problemsOf({ username: 'new.one', structure }, 'hospital')).toEqual([
      ...problems,
      'username double',
    ]);
  });
});
