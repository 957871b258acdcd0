import { Injectable } from '@nestjs/common';
import { memberOf, SignInPolicy } from '@portillon/access';
import {
  Account,
  ACCOUNT_SORTS,
  AccountPage,
  AccountPageRequest,
  AccountSearchService,
  AccountService,
  identityDueAt,
  LARGEST_ACCOUNT_PAGE,
} from '@portillon/account';
import { CSV_BEGINNING, csvLine, queryChoice, queryLimit, queryText } from '@portillon/http';
import { dayAndTimeInParis } from '@portillon/kernel';
import { StructureService } from '@portillon/structure';
import {
  AdministeredStructureService,
  AccountLocksService,
  ActJournalService,
  isWithinReach,
} from '@portillon/user-management';
import type { Administrator, Scope } from '@portillon/user-management';
import { Readable } from 'node:stream';
import { AccountWaysInService } from '../../ways-in/account-ways-in.service';
import { ACCOUNT_STATUS, LIST_SELECTIONS } from './account-view.dto';
import { judgedWithin, shownWithin } from './limited-view.policy';

export const EXPORT_FORMS = ['raw', 'fr'] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

type Column = readonly [title: string, cell: (account: Account, locked: boolean) => string | null];

/** For machines: the titles are those that an import reads. */
const RAW: Column[] = [
  ['username', (one) => one.username],
  ['name', (one) => one.displayName],
  ['email', (one) => one.email],
  ['status', (one) => one.status],
  ['role', (one) => one.roles.join(' ')],
  ['structure', (one) => one.structure?.name ?? null],
  ['national_id', (one) => one.nationalId],
  ['language', (one) => one.locale],
  ['created', (one) => one.createdAt.toISOString()],
  ['last_signed_in', (one) => one.lastSignedInAt?.toISOString() ?? null],
  ['locked', (_, locked) => String(locked)],
  ['identity_verified_by', (one) => one.identity?.method ?? null],
  ['identity_verified', (one) => one.identity?.at.toISOString() ?? null],
  ['identity_due', (one) => one.identity && identityDueAt(one.identity).toISOString()],
  ['directory', (one) => one.directory?.state ?? null],
  ['first_name', (one) => one.givenName],
  ['last_name', (one) => one.familyName],
];

const STATUS = { ACTIVE: 'Actif', INVITED: 'Invité', DEACTIVATED: 'Désactivé' };
const METHOD = { 'pro-sante-connect': 'Pro Santé Connect', card: 'Carte', 'face-to-face': 'Face à face' };
const DIRECTORY = { found: 'Connu', 'not-found': 'Inconnu', unknown: 'Identifiant d’un autre type' };
const LANGUAGE = { fr: 'Français', en: 'Anglais' };
const ROLES: Record<string, string> = {
  professional: 'Professionnel',
  'structure-admin': 'Administrateur de la structure',
  'national-admin': 'Administrateur national',
  auditor: 'Auditeur',
};

/** For people: the words of the pages, and the time of Paris. */
const FRENCH: Column[] = [
  ['Identifiant', (one) => one.username],
  ['Nom', (one) => one.displayName],
  ['Adresse e-mail', (one) => one.email],
  ['État', (one) => STATUS[one.status]],
  ['Rôles', (one) => one.roles.map((role) => ROLES[role] ?? role).join(', ')],
  ['Structure', (one) => one.structure?.name ?? null],
  ['Identifiant national', (one) => one.nationalId],
  ['Langue', (one) => LANGUAGE[one.locale]],
  ['Créé le (heure de Paris)', (one) => dayAndTimeInParis(one.createdAt)],
  [
    'Dernière connexion (heure de Paris)',
    (one) => one.lastSignedInAt && dayAndTimeInParis(one.lastSignedInAt),
  ],
  ['Blocage', (_, locked) => (locked ? 'Bloqué' : 'non')],
  ['Identité vérifiée par', (one) => one.identity && METHOD[one.identity.method]],
  ['Identité vérifiée le (heure de Paris)', (one) => one.identity && dayAndTimeInParis(one.identity.at)],
  [
    'Identité à revoir le (heure de Paris)',
    (one) => one.identity && dayAndTimeInParis(identityDueAt(one.identity)),
  ],
  ['Annuaire Santé', (one) => one.directory && DIRECTORY[one.directory.state]],
];

const EXPORT_COLUMNS: Record<ExportForm, Column[]> = { raw: RAW, fr: FRENCH };

type Selection = Pick<AccountPageRequest, 'only' | 'among' | 'structureIds'>;

/** The most pages that are evaluated to find accounts that can enter. */
const JUDGED_PAGES = 10;

/** The accounts within an administrator's reach, as pages or as a file. */
@Injectable()
export class AccountListService {
  constructor(
    private readonly accounts: AccountService,
    private readonly search: AccountSearchService,
    private readonly administered: AdministeredStructureService,
    private readonly locks: AccountLocksService,
    private readonly structures: StructureService,
    private readonly policy: SignInPolicy,
    private readonly waysIn: AccountWaysInService,
    private readonly journal: ActJournalService,
  ) {}

  /** @throws AppError `validation.failed`, `not-found` for a structure out of reach */
  async page(
    administrator: Administrator,
    query: Record<string, unknown>,
    limit = queryLimit(query['limit']),
  ): Promise<AccountPage> {
    const asked = { ...(await this.#asked(administrator, query)), limit };
    const text = queryText('q', query['q'])?.trim();
    const read = (page: AccountPageRequest) =>
      text && !page.sort
        ? this.search.find({ ...page, text })
        : this.accounts.list({ ...page, ...(text && { text }) });
    return asked.only === 'HAS_PASSWORD' ? this.#entering(administrator, asked, read) : read(asked);
  }

  /** How many accounts a first page is the beginning of; null for another page, and where rows are searched or judged. */
  async total(administrator: Administrator, query: Record<string, unknown>): Promise<number | null> {
    const { cursor, ...page } = await this.#asked(administrator, query);
    const isCounted = !cursor && !queryText('q', query['q'])?.trim() && page.only !== 'HAS_PASSWORD';
    return isCounted ? this.accounts.count(page) : null;
  }

  /** Number of accounts that a filter shows to an administrator with this reach. */
  async count({ structureIds }: Scope, only: (typeof LIST_SELECTIONS)[number]): Promise<number> {
    const managed = structureIds && { managedIn: structureIds };
    return this.accounts.count({ ...managed, ...(await this.#selection(only, structureIds)) });
  }

  /**
   * The accounts as a file, written while they are read: their number costs time and no memory. That it was taken out is
   * in the journal before its first line is given.
   */
  async export(administrator: Administrator, query: Record<string, unknown>): Promise<Readable> {
    const { q, status, only, structure, sort } = query;
    const form = queryChoice('form', query['form'], EXPORT_FORMS) ?? 'raw';
    const asked = { q, status, only, structure, sort };
    const first = await this.page(administrator, asked, LARGEST_ACCOUNT_PAGE);
    await this.journal.record(administrator, { name: 'sensitive_read', data: { what: 'accounts' } });
    return Readable.from(this.#exportText(administrator, asked, first, form));
  }

  async *#exportText(
    administrator: Administrator,
    query: Record<string, unknown>,
    first: AccountPage,
    form: ExportForm,
  ): AsyncGenerator<string> {
    yield CSV_BEGINNING + csvLine(EXPORT_COLUMNS[form].map(([title]) => title));
    for (let page = first; ;) {
      const locked = await this.locks.findLockedAmong(page.items);
      yield page.items
        .map((account) => exportLine(shownWithin(administrator.scope, account), locked.has(account.id), form))
        .join('');
      if (page.nextCursor === null) return;
      page = await this.page(administrator, { ...query, cursor: page.nextCursor }, LARGEST_ACCOUNT_PAGE);
    }
  }

  /** Returns the first page with accounts that their password admits now; it may be shorter than requested. */
  async #entering(
    { scope }: Administrator,
    asked: AccountPageRequest,
    read: (page: AccountPageRequest) => Promise<AccountPage>,
  ): Promise<AccountPage> {
    let page = await read(asked);
    for (let judged = 1; ; judged++) {
      const { nextCursor } = page;
      const ways = await this.waysIn.among(page.items.map((one) => judgedWithin(scope, one)));
      const items = page.items.filter(({ id }) => ways.get(id)!.canEnter === 'yes');
      if (items.length > 0 || nextCursor === null || judged === JUDGED_PAGES) return { items, nextCursor };
      page = await read({ ...asked, cursor: nextCursor });
    }
  }

  async #selection(
    only: (typeof LIST_SELECTIONS)[number] | undefined,
    structureIds: Scope['structureIds'],
  ): Promise<Selection> {
    const within = structureIds ? { structureIds } : {};
    if (only === 'LOCKED') return { ...within, among: await this.locks.findLocked() };
    if (only === 'CAN_ENTER') return { ...within, only: 'HAS_PASSWORD' };
    if (only !== 'KEPT_OUT_BY_RULE' && only !== 'ONLY_BY_CARD') return { ...within, only };
    return { only, structureIds: await this.#withoutCodes(structureIds) };
  }

  /** Of all structures, or of these alone, those where password and a code that is sent open nothing. */
  async #withoutCodes(structureIds: Scope['structureIds']): Promise<string[]> {
    const dated = await this.structures.dated();
    const within = dated.filter(({ id }) => isWithinReach({ structureIds }, id));
    const byCode = { means: 'password', given: { code: 'mail' } } as const;
    return within
      .filter(({ policy }) => !this.policy.judge(memberOf(policy), byCode).opens)
      .map(({ id }) => id);
  }

  async #asked(
    administrator: Administrator,
    query: Record<string, unknown>,
  ): Promise<Omit<AccountPageRequest, 'limit'>> {
    const asked = queryText('structure', query['structure']);
    const structureIds = await this.administered.within(administrator, asked);
    const managedIn = administrator.scope.structureIds ?? undefined;
    return {
      ...(managedIn && { managedIn }),
      status: queryChoice('status', query['status'], ACCOUNT_STATUS),
      ...(await this.#selection(queryChoice('only', query['only'], LIST_SELECTIONS), structureIds)),
      sort: queryChoice('sort', query['sort'], ACCOUNT_SORTS),
      cursor: queryText('cursor', query['cursor']),
    };
  }
}

function exportLine(account: Account, locked: boolean, form: ExportForm): string {
  return csvLine(EXPORT_COLUMNS[form].map(([, cell]) => cell(account, locked)));
}
