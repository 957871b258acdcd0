import { AccountDraft, AccountPhoneService, AccountService, StructureService } from '@portillon/account';
import { PasswordHashingService } from '@portillon/credential';
import { Transactions } from '@portillon/persistence';

/** Of no value: the demo holds no real data, and production refuses the demo. */
export const DEMO_PASSWORD = 'Orientation-Demo-2026';

interface DemoPerson extends Pick<AccountDraft, 'username' | 'displayName' | 'email' | 'nationalId'> {
  structure: string | null;
  roles: string[];
  /** A mobile number proved already, E.164. Of the range kept for fiction, which no person may type: no phone has it. */
  phone?: string;
}

const HOSPITAL = 'Hôpital des Trois Dames';
const CENTRE = 'Centre de santé du Port';
/** Of a department that is none. */
const FINESS: Record<string, string> = { [HOSPITAL]: '990000010', [CENTRE]: '990000028' };

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    username: 'claire.martin',
    displayName: 'Claire Martin',
    email: 'claire.martin@hopital.example',
    nationalId: '899700366240',
    structure: HOSPITAL,
    roles: ['professional'],
  },
  {
    username: 'nadia.benali',
    displayName: 'Nadia Benali',
    email: 'nadia.benali@hopital.example',
    structure: HOSPITAL,
    roles: ['structure-admin'],
  },
  {
    username: 'paul.durand',
    displayName: 'Paul Durand',
    email: 'paul.durand@centre.example',
    nationalId: '810002673894',
    structure: CENTRE,
    roles: ['professional'],
    phone: '+33639981242',
  },
  {
    username: 'support.national',
    displayName: 'Support national',
    email: 'support.national@portillon.example',
    structure: null,
    roles: ['national-admin'],
  },
];

export interface DemoTools {
  transactions: Transactions;
  accounts: AccountService;
  phones: AccountPhoneService;
  structures: StructureService;
  passwords: PasswordHashingService;
}

/** Makes the demo people who are not there yet. */
export async function seedDemoPeople(tools: DemoTools): Promise<void> {
  for (const person of DEMO_PEOPLE) {
    if (!(await tools.accounts.findByUsername(person.username))) await seed(person, tools);
  }
}

/** The demo people who could sign in, by a password or a mailbox that is everybody's: their user names. */
export async function activeDemoPeople({
  accounts,
  passwords,
}: Pick<DemoTools, 'accounts' | 'passwords'>): Promise<string[]> {
  const active: string[] = [];
  for (const { username, email } of DEMO_PEOPLE) {
    const account = await accounts.findByUsername(username);
    if (!account || account.status === 'DEACTIVATED') continue;
    if (account.email === email || (await passwords.verify(account.passwordDigest, DEMO_PASSWORD)))
      active.push(username);
  }
  return active;
}

async function seed(person: DemoPerson, tools: DemoTools): Promise<void> {
  const { structure, phone, ...draft } = person;
  const passwordDigest = await tools.passwords.hash(DEMO_PASSWORD);
  const structureId = structure && (await structureOf(structure, tools)).id;
  await tools.transactions.run(async (tx) => {
    const created = await tools.accounts.create(
      { ...draft, structureId, status: 'ACTIVE', passwordDigest },
      tx,
    );
    if (created.status !== 'created' || !phone) return;
    await tools.phones.set(created.account.id, phone, tx);
    await tools.phones.markVerified(created.account.id, phone, tx);
  });
}

async function structureOf(name: string, tools: DemoTools) {
  const found = await tools.structures.findByName(name);
  if (found) return found;
  const created = await tools.structures.create({ name, finess: FINESS[name] });
  if (created.status === 'created') return created.structure;
  throw new Error(`The structure ${name} can be neither found nor made`);
}
