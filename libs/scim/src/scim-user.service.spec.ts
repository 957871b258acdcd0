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
}

function directory({ account = CLAIRE, waiting, administered }: World = {}) {
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
    } as unknown as Partial<AccountInvitationService>),
    steps.of<AccountEditService>('editing', {
      edit: async (...of: unknown[]) => {
        edits.push(of.slice(1));
        return { ...account, version: account.version + 1 };
      },
    } as unknown as Partial<AccountEditService>),
    steps.of<AccountClosureService>('closure', {
      close: async () => ({ ...account, status: 'DEACTIVATED', version: 9 }) as Account,
      reopen: async () => ({ ...account, status: 'ACTIVE', version: 9 }) as Account,
    }),
  );
  return { steps, edits, asked, service };
}

describe('a directory that looks for an account', () => {
  const list = (filter: string | undefined, by = DIRECTORY, page = { offset: 0, limit: 100 }) =>
    directory().service.list(by, { ...(filter !== undefined && { filter }), ...page });

  it.each(['userName eq "claire.martin"', 'id eq "claire"'])('finds it by %s', async (filter) => {
    expect(await list(filter)).toEqual({ items: [CLAIRE], total: 1 });
  });

  it.each(['userName eq "paul"', 'id eq "paul"'])('finds none by %s', async (filter) => {
    expect(await list(filter)).toEqual({ items: [], total: 0 });
  });

  it('finds no account of another structure, and any where it is of the whole service', async () => {
    const other = { scope: { structureId: 'sud' } } as unknown as Administrator;
    expect(await list('id eq "claire"', other)).toEqual({ items: [], total: 0 });
    expect(await list('id eq "claire"', NATIONAL)).toMatchObject({ total: 1 });
  });

  it('finds a page of those with an external id, of its structure alone', async () => {
    const { service, asked } = directory();
    const page = { filter: 'externalId eq "e1"', offset: 1, limit: 1 };
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

  it('is refused a filter that is none', async () => {
    await expect(list('userName sw "a"')).rejects.toMatchObject({ scimType: 'invalidFilter' });
  });
});

describe('a directory that creates an account', () => {
  it('has its person invited, with what a directory may say', async () => {
    const { service, edits } = directory();
    expect(await service.create(DIRECTORY, SAME)).toBe(CLAIRE);
    const { active: _active, ...draft } = SAME;
    expect(edits).toEqual([draft]);
  });

  it('cannot create one that is closed', () => {
    const { service, steps } = directory();
    expect(() => service.create(DIRECTORY, { ...SAME, active: false })).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidValue' }) as Error,
    );
    expect(steps.taken).toEqual([]);
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
    await service.close(DIRECTORY, 'claire');
    expect(steps.taken).toEqual(['administered.touch', 'closure.close']);
  });

  it('closes nothing out of its reach', async () => {
    const touch = () => Promise.reject(new AppError('not-found'));
    const { service, steps } = directory({ administered: { touch } });
    await expect(service.close(DIRECTORY, 'claire')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken).toEqual(['administered.touch']);
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
