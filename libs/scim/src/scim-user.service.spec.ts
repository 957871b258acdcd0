import type { Account, AccountService, PendingChangeService } from '@portillon/account';
import type {
  AccountClosureService,
  AccountEditService,
  AccountInvitationService,
  AdministeredAccountService,
  Administrator,
} from '@portillon/administration';
import { AppError } from '@portillon/kernel';
import { Steps } from '@portillon/testing';
import type { DirectoryFields } from './scim-user';
import { requireVersion, ScimUserService } from './scim-user.service';

const CLAIRE = {
  id: 'claire',
  username: 'claire.martin',
  displayName: 'Claire Martin',
  email: 'claire@hopital.example',
  externalId: 'e1',
  removedAt: null,
  status: 'ACTIVE',
  structure: { id: 'nord' },
  version: 3,
} as unknown as Account;
const SAME: DirectoryFields = {
  username: 'claire.martin',
  displayName: 'Claire Martin',
  email: 'claire@hopital.example',
  externalId: 'e1',
  active: true,
};
const DIRECTORY = { scope: { structureId: 'nord' } } as unknown as Administrator;
const NATIONAL = { scope: { structureId: null } } as unknown as Administrator;

interface World {
  account?: Account;
  waiting?: string;
  administered?: Partial<AdministeredAccountService>;
  /** What the account is when it is opened again. */
  reopened?: Account['status'];
}

function directory({ account = CLAIRE, waiting, administered, reopened = 'ACTIVE' }: World = {}) {
  const steps = new Steps();
  const edits: unknown[] = [];
  const asked: unknown[] = [];
  const found = async (one: string | undefined, is: string) => (one === is ? account : undefined);
  const service = new ScimUserService(
    steps.of<AccountService>('accounts', {
      get: (id: string) => found(id, 'claire'),
      findByUsername: (name: string) => found(name, 'claire.martin'),
      findByExternalId: async (...of: unknown[]) => {
        asked.push(of);
        return [account, account, account];
      },
      slice: async (...of: unknown[]) => {
        asked.push(of);
        return { items: [account], total: 7 };
      },
    } as unknown as Partial<AccountService>),
    steps.of<PendingChangeService>('pending', {
      find: async () => waiting && { value: waiting },
    } as unknown as Partial<PendingChangeService>),
    steps.of<AdministeredAccountService>('administered', {
      get: async () => account,
      touch: async () => account,
      ...administered,
    }),
    steps.of<AccountInvitationService>('invitations', {
      invite: async (_by: unknown, draft: unknown) => {
        edits.push(draft);
        return account;
      },
      inviteAgain: async () => ({ ...account, status: 'INVITED', version: 10 }) as Account,
    } as unknown as Partial<AccountInvitationService>),
    steps.of<AccountEditService>('editing', {
      edit: async (...of: unknown[]) => {
        edits.push(of.slice(1));
        return { ...account, version: account.version + 1 };
      },
    } as unknown as Partial<AccountEditService>),
    steps.of<AccountClosureService>('closure', {
      close: async () => ({ ...account, status: 'DEACTIVATED', version: 9 }) as Account,
      reopen: async () => ({ ...account, status: reopened, version: 9 }) as Account,
      remove: async () => undefined,
    }),
  );
  return { steps, edits, asked, service };
}

describe('a directory that looks for an account', () => {
  const list = (attribute: 'userName' | 'id', value: string, by = DIRECTORY) =>
    directory().service.list(by, { search: { attribute, value }, offset: 0, limit: 100 });

  it.each([
    ['userName', 'claire.martin'],
    ['id', 'claire'],
  ] as const)('finds it by %s', async (attribute, value) => {
    expect(await list(attribute, value)).toEqual({ items: [CLAIRE], total: 1 });
  });

  it.each(['userName', 'id'] as const)('finds none by %s', async (attribute) => {
    expect(await list(attribute, 'paul')).toEqual({ items: [], total: 0 });
  });

  it('finds no account of another structure, and any where it is of the whole service', async () => {
    const other = { scope: { structureId: 'sud' } } as unknown as Administrator;
    expect(await list('id', 'claire', other)).toEqual({ items: [], total: 0 });
    expect(await list('id', 'claire', NATIONAL)).toMatchObject({ total: 1 });
  });

  it('finds a page of those with an external id, of its structure alone', async () => {
    const { service, asked } = directory();
    const page = { search: { attribute: 'externalId', value: 'e1' }, offset: 1, limit: 1 } as const;
    expect(await service.list(DIRECTORY, page)).toEqual({ items: [CLAIRE], total: 3 });
    expect(asked).toEqual([['e1', 'nord', 100]]);
  });

  it('lists those within its reach where it asks for none', async () => {
    const { service, asked } = directory();
    expect(await service.list(DIRECTORY, { offset: 5, limit: 10 })).toEqual({ items: [CLAIRE], total: 7 });
    await service.list(NATIONAL, { offset: 0, limit: 1 });
    expect(asked).toEqual([
      ['nord', 5, 10],
      [undefined, 0, 1],
    ]);
  });
});

describe('a directory that creates an account', () => {
  it('has its person invited, with what a directory may say', async () => {
    const { service, edits } = directory();
    expect(await service.create(DIRECTORY, SAME)).toBe(CLAIRE);
    const { active: _active, ...draft } = SAME;
    expect(edits).toEqual([{ ...draft, status: 'INVITED' }]);
  });

  it('creates a closed account without an invitation, ahead of the first day', async () => {
    const { service, edits } = directory();
    const { displayName: _name, ...unnamed } = { ...SAME, givenName: 'Claire', active: false };
    await service.create(DIRECTORY, unnamed);
    expect(edits).toMatchObject([{ displayName: 'Claire', givenName: 'Claire', status: 'DEACTIVATED' }]);
  });

  describe('that it deleted before', () => {
    const deleted = { ...CLAIRE, status: 'DEACTIVATED', removedAt: new Date(0) } as Account;
    const restored = async (wanted: Partial<DirectoryFields>, by = DIRECTORY, world: World = {}) => {
      const made = directory({ account: deleted, ...world });
      await made.service.create(by, { ...SAME, ...wanted });
      const acts = made.steps.taken.filter((step) => !step.startsWith('accounts.'));
      return { acts, edits: made.edits };
    };

    it.each([{}, { username: 'claire.durand' }, { externalId: 'e2' }])(
      'opens it again, by the user name or the external id: %j',
      async (wanted) => {
        const { acts, edits } = await restored(wanted);
        const isChanged = Object.keys(wanted).length > 0;
        expect(acts).toEqual([...(isChanged ? ['editing.edit'] : []), 'closure.reopen']);
        expect(edits).toEqual(isChanged ? [['claire', wanted, 3]] : []);
      },
    );

    it('invites an account holder without a password', async () => {
      expect((await restored({}, DIRECTORY, { reopened: 'INVITED' })).acts).toEqual([
        'closure.reopen',
        'invitations.inviteAgain',
      ]);
    });

    it('restores it closed, in one act, where it is to be closed', async () => {
      const { acts, edits } = await restored({ active: false, username: 'claire.durand' });
      expect(acts).toEqual(['editing.edit']);
      expect(edits).toEqual([['claire', { username: 'claire.durand', removedAt: null }, 3]]);
    });

    it('never takes over that of another structure', async () => {
      const other = { scope: { structureId: 'sud' } } as unknown as Administrator;
      expect((await restored({}, other)).acts).toEqual(['invitations.invite']);
    });
  });
});

describe('a directory that changes an account', () => {
  const update = async (wanted: Partial<DirectoryFields>, world: World = {}) => {
    const made = directory(world);
    const before = world.account ?? CLAIRE;
    const account = await made.service.update(DIRECTORY, before, { ...SAME, ...wanted });
    return { ...made, account };
  };

  it('writes nothing where nothing changes', async () => {
    const { account, steps } = await update({});
    expect(account).toBe(CLAIRE);
    expect(steps.taken).toEqual([]);
  });

  it('changes what differs alone, under the version that it read', async () => {
    const { edits } = await update({ displayName: 'Claire Durand' });
    expect(edits).toEqual([['claire', { displayName: 'Claire Durand' }, 3]]);
  });

  it('closes the account of a person who left before anything else, and edits what is then', async () => {
    const { steps, edits } = await update({ active: false, displayName: 'Partie' });
    expect(steps.taken).toEqual(['closure.close', 'editing.edit']);
    expect(edits).toEqual([['claire', { displayName: 'Partie' }, 9]]);
  });

  it('opens it again when the person is back, once', async () => {
    const closed = { ...CLAIRE, status: 'DEACTIVATED' } as Account;
    expect((await update({ active: true }, { account: closed })).steps.taken).toEqual(['closure.reopen']);
    expect((await update({ active: false }, { account: closed })).steps.taken).toEqual([]);
  });

  it('invites the holder of an account that was created closed, when it is opened', async () => {
    const closed = { ...CLAIRE, status: 'DEACTIVATED' } as Account;
    const { steps, account } = await update({ active: true }, { account: closed, reopened: 'INVITED' });
    expect(steps.taken).toEqual(['closure.reopen', 'invitations.inviteAgain']);
    expect(account.version).toBe(10);
  });

  it('does not begin anew a change of address that waits for the person already', async () => {
    const email = 'nouvelle@hopital.example';
    expect((await update({ email }, { waiting: email })).edits).toEqual([]);
    expect((await update({ email }, { waiting: 'autre@hopital.example' })).edits).toEqual([
      ['claire', { email }, 3],
    ]);
    expect((await update({ email })).edits).toEqual([['claire', { email }, 3]]);
  });
});

describe('a directory that deletes an account', () => {
  it('has it closed', async () => {
    const { service, steps } = directory();
    await service.delete(DIRECTORY, 'claire');
    expect(steps.taken).toEqual(['administered.get', 'closure.remove']);
  });

  it('closes nothing out of its reach', async () => {
    const get = () => Promise.reject(new AppError('not-found'));
    const { service, steps } = directory({ administered: { get } });
    await expect(service.delete(DIRECTORY, 'claire')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken).toEqual(['administered.get']);
  });

  it.each([
    ['deleted', { ...CLAIRE, removedAt: new Date(0) }],
    ['erased', { ...CLAIRE, email: '' }],
  ])('finds no account that was %s', async (_, account) => {
    const { service, steps } = directory({ account: account as Account });
    await expect(service.get(DIRECTORY, 'claire')).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.delete(DIRECTORY, 'claire')).rejects.toMatchObject({ code: 'not-found' });
    for (const [attribute, value] of Object.entries({
      userName: 'claire.martin',
      externalId: 'e1',
      id: 'claire',
    }))
      expect(
        await service.list(DIRECTORY, { search: { attribute, value } as never, offset: 0, limit: 9 }),
      ).toEqual({ items: [], total: 0 });
    expect(steps.taken).not.toContain('closure.remove');
  });

  it('is told of the account within its reach', async () => {
    expect(await directory().service.get(DIRECTORY, 'claire')).toBe(CLAIRE);
  });
});

describe('the version that a change says it saw', () => {
  it.each([undefined, '*', ' * ', 'W/"3"', '"3"', ' W/"3" '])('holds: %j', (header) => {
    expect(() => requireVersion(CLAIRE, header)).not.toThrow();
  });

  it.each(['W/"2"', '3', '', 'W/"3', 'x W/"3"'])('has moved: %j', (header) => {
    expect(() => requireVersion(CLAIRE, header)).toThrow(
      expect.objectContaining({ code: 'precondition.failed' }) as Error,
    );
  });
});
