import type {
  AccountAdministrationService,
  AccountCreation,
  AccountImportService,
  AccountService,
  AccountStatus,
  ImportState,
} from '@portillon/account';
import type { InvitationService } from '@portillon/recovery';
import { Steps } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import { claire } from '@portillon/user-management/testing';
import { importJob, importLine } from '../testing/import.fixture';
import type { ImportCheckService } from './import-check.service';
import { ImportStepService } from './import-step.service';

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
  const service = new ImportStepService(
    steps.of<AccountImportService>('imports', {
      change: async (_, change) => void changes.push(change),
    }),
    steps.of<AccountService>('accounts', {
      create: async () => created ?? { status: 'created', account: claire() },
      get: async () => claire({ status }),
    }),
    steps.of<AccountAdministrationService>('administration', { undoCreation: async () => undone }),
    steps.of<ImportCheckService>('check', {
      problems: async () => [[], []],
      draft: async (_, content) => content,
    }),
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
