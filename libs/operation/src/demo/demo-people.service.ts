import { Injectable } from '@nestjs/common';
import { AccountDraft, AccountPhoneService, AccountService } from '@portillon/account';
import { StructureService } from '@portillon/structure';
import { PasswordHashingService } from '@portillon/credential';
import { Transactions } from '@portillon/persistence';

/** Not a secret: the demo holds no real data, and production refuses the demo. */
export const DEMO_PASSWORD = 'Orientation-Demo-2026';

interface DemoPerson extends Pick<AccountDraft, 'username' | 'displayName' | 'email' | 'nationalId'> {
  structure: string | null;
  roles: string[];
  /** A verified mobile number, E.164. It is in the range reserved for fiction, which no user may type and no phone has. */
  phone?: string;
}

const HOSPITAL = 'Hôpital des Trois Dames';
const CENTRE = 'Centre de santé du Port';
/** FINESS numbers of a department that does not exist. */
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

/** The demo accounts, whose password and mailboxes are public. */
@Injectable()
export class DemoPeopleService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly phones: AccountPhoneService,
    private readonly structures: StructureService,
    private readonly passwords: PasswordHashingService,
  ) {}

  /** Creates the accounts that do not exist yet. */
  async seed(): Promise<void> {
    for (const person of DEMO_PEOPLE) {
      if (!(await this.accounts.findByUsername(person.username))) await this.#make(person);
    }
  }

  /** Returns the user names of the accounts that anyone could sign in to, by a public password or mailbox. */
  async active(): Promise<string[]> {
    const active: string[] = [];
    for (const { username, email } of DEMO_PEOPLE) {
      const account = await this.accounts.findByUsername(username);
      if (!account || account.status === 'DEACTIVATED') continue;
      if (account.email === email || (await this.passwords.verify(account.passwordDigest, DEMO_PASSWORD)))
        active.push(username);
    }
    return active;
  }

  async #make({ structure, phone, ...draft }: DemoPerson): Promise<void> {
    const passwordDigest = await this.passwords.hash(DEMO_PASSWORD);
    const structureId = structure && (await this.#structure(structure)).id;
    await this.transactions.run(async (tx) => {
      const made = { ...draft, structureId, status: 'ACTIVE', passwordDigest } as const;
      const created = await this.accounts.create(made, tx);
      if (created.status !== 'created' || !phone) return;
      await this.phones.set(created.account.id, phone, tx);
      await this.phones.markVerified(created.account.id, phone, tx);
    });
  }

  async #structure(name: string) {
    const found = await this.structures.findByName(name);
    if (found) return found;
    const created = await this.structures.create({ name, finess: FINESS[name] });
    if (created.status === 'created') return created.structure;
    throw new Error(`The structure ${name} can be neither found nor made`);
  }
}
