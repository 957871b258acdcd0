import type {
  AccountAdministrationService,
  AccountCreation,
  AccountImportService,
  AccountService,
  AccountStatus,
  ImportLine,
  ImportProblem,
  ImportState,
  MembershipProposal,
  MembershipService,
  NewProposal,
  ProposalService,
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
  lines?: ImportLine[];
  /** The account of each national id or user name that has one, and the structures where it works. */
  taken?: [string, string][];
  places?: string[];
}

/** One step of an import in `state`, of two lines. */
async function step(state: ImportState, one: Case = {}) {
  const { created, status = 'INVITED', undone = true, taken = [], places = [] } = one;
  const steps = new Steps();
  const proposed: NewProposal[] = [];
  const changes: object[] = [];
  const invited: object[] = [];
  const service = new ImportStepsService(
    steps.of<AccountImportService>('imports', {
      change: async (_, change) => void changes.push(change),
      doubles: async () => new Set(),
    }),
    steps.of<AccountService>('accounts', {
      findTaken: async () => new Map(taken),
      create: async () => created ?? { status: 'created', account: claire() },
      get: async () => claire({ status }),
    }),
    steps.of<AccountAdministrationService>('administration', { undoCreation: async () => undone }),
    steps.of<MembershipService>('memberships', {
      findStructures: async () => () => places,
    }),
    steps.of<ProposalService>('proposals', {
      propose: async (proposal) => (proposed.push(proposal), {} as MembershipProposal),
    }),
    steps.of<StructureService>('structures', { findAll: async () => new Map() }),
    steps.of<InvitationService>('invitations', { send: async (_, who) => void invited.push(who) }),
  );
  const lines = one.lines ?? [2, 3].map((line) => importLine(line, { accountId: 'claire' }));
  const task = service.taskOf(state);
  await task.work(importJob({ state }), lines, {} as EntityManager);
  return { task, changes, invited, proposed };
}

describe('a step of an import', () => {
  it('finds bad what another request made since the check', async () => {
    const { changes } = await step('CREATING', { created: { status: 'username-taken' } });
    const problems = [{ field: 'username', code: 'taken' }];
    expect(changes[0]).toEqual({ line: 2, state: 'BAD', problems });
  });

  it('invites in the name of the requester, at the pace of bulk mail', async () => {
    const { task, changes, invited } = await step('INVITING');
    expect(task.from).toEqual(['MADE', 'FOUND']);
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

  const ADDRESS = { username: 'claire@nord.example', email: 'Claire@Nord.example' };
  const NUMBER = { nationalId: '810003456789' };

  it.each([
    ['nationalId', NUMBER, NUMBER.nationalId, NUMBER],
    ['username', ADDRESS, ADDRESS.username, { email: ADDRESS.email }],
  ])('proposes a membership to a person who has an account elsewhere, by %s', async (...one) => {
    const [field, content, key, who] = one;
    const lines = [importLine(2, { content: content as ImportLine['content'] })];
    const created = { status: 'national-id-taken' } as const;
    const problems = [{ field, code: 'has-account' }];
    const taken: [string, string][] = [[key, 'claire']];
    const made = await step('CREATING', { created, taken, places: ['elsewhere'], lines });
    expect(made.changes).toEqual([{ line: 2, state: 'FOUND', problems }]);
    const found = [{ ...lines[0]!, state: 'FOUND', problems }] as ImportLine[];
    const { proposed, changes } = await step('INVITING', { lines: found });
    const offer = { structureId: 'hospital', roles: ['professional'], source: 'import', proposedBy: 'hugo' };
    expect(proposed).toEqual([{ ...who, ...offer }]);
    expect(changes).toEqual([{ line: 2, state: 'PROPOSED' }]);
    expect((await step('UNDOING', { lines: found, undone: false })).changes[0]).toEqual({
      line: 2,
      state: 'UNDONE',
    });
  });

  it('proposes nothing to a person who works there already', async () => {
    const lines = [importLine(2, { content: { nationalId: '810003456789' } as ImportLine['content'] })];
    const taken: [string, string][] = [['810003456789', 'claire']];
    const { changes } = await step('CREATING', {
      ...{ created: { status: 'national-id-taken' }, lines },
      ...{ taken, places: ['hospital'] },
    });
    expect(changes).toEqual([{ line: 2, state: 'BAD', problems: [{ field: 'nationalId', code: 'taken' }] }]);
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
    {
      findTaken: async () =>
        new Map(['', 'claire.martin', 'c@d.example', '810003456789'].map((key) => [key, 'claire'])),
    } as unknown as AccountService,
    {} as AccountAdministrationService,
    { findStructures: async () => () => ['clinic'] } as unknown as MembershipService,
    {} as ProposalService,
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

  it('warns of a person who has an account elsewhere, as far as the line shows it', async () => {
    const [nationalId, address] = ['810003456789', 'c@d.example'];
    const known = async (content: object, structureId: string | null = 'hospital') =>
      (await problemsOf({ username: 'new.one', ...content }, structureId)).filter(
        (one) => !one.includes('double'),
      );
    expect([
      await known({ nationalId }),
      await known({ username: address, email: address }),
      await known({ username: 'claire.martin', email: address }),
      await known({ nationalId }, 'clinic'),
      await known({ nationalId }, null),
      await known({ nationalId, structure: 'Hôpital', roles: ['national-admin'] }, null),
    ]).toEqual([
      ['nationalId has-account'],
      ['username has-account'],
      ['username taken'],
      ['nationalId taken'],
      ['nationalId taken'],
      ['nationalId has-account', 'roles choice'],
    ]);
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
