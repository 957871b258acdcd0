import { Injectable } from '@nestjs/common';
import {
  AccountAdministrationService,
  AccountDraft,
  AccountImportService,
  AccountService,
  ImportContent,
  ImportLine,
  ImportOrder,
  ImportProblem,
  ImportState,
  LineState,
  LOCALES,
  MembershipService,
  ProposalService,
  wrongFields,
} from '@portillon/account';
import { nameKey } from '@portillon/kernel';
import { InvitationService } from '@portillon/recovery';
import { Structure, StructureService } from '@portillon/structure';
import { isNational, mayHandle, ROLES } from '@portillon/user-management';
import type { EntityManager } from 'typeorm';

/** Lines in one transaction: short enough that no sign-in waits behind it. */
const STEP = 25;
const CHECK_STEP = 200;
const MADE_OR_FOUND: LineState[] = ['MADE', 'FOUND'];

/** A warning about a line: the person has an account elsewhere, and a membership is proposed. */
export const HAS_ACCOUNT = 'has-account';

/** The order: all facts that a step needs. */
export type OrderedImport = ImportOrder & { id: string };

/** A task for the lines of an import in one of its states. */
export interface ImportTask {
  /** The lines that it is done with. */
  from: LineState[];
  /** How many at once. */
  lines: number;
  work: (job: OrderedImport, lines: ImportLine[], tx: EntityManager) => Promise<void>;
}

/**
 * The steps of an import, line by line, in the transaction of the caller. A dry run and a real import find the same faults.
 */
@Injectable()
export class ImportStepsService {
  readonly #tasks: Partial<Record<ImportState, ImportTask>> = {
    CHECKING: { from: ['NEW'], lines: CHECK_STEP, work: (job, lines, tx) => this.#check(job, lines, tx) },
    CREATING: { from: ['GOOD'], lines: STEP, work: (job, lines, tx) => this.#create(job, lines, tx) },
    INVITING: { from: MADE_OR_FOUND, lines: STEP, work: (job, lines, tx) => this.#invite(job, lines, tx) },
    UNDOING: { from: MADE_OR_FOUND, lines: STEP, work: (job, lines, tx) => this.#undo(job, lines, tx) },
  };

  constructor(
    private readonly imports: AccountImportService,
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly memberships: MembershipService,
    private readonly proposals: ProposalService,
    private readonly structures: StructureService,
    private readonly invitations: InvitationService,
  ) {}

  /** What is to be done in a state that has work. */
  taskOf(state: ImportState): ImportTask {
    return this.#tasks[state]!;
  }

  async #check(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    const found = await this.#problems(job, lines, tx);
    const good = lines.filter((_, index) => found[index]!.length === 0).map(({ line }) => line);
    await this.imports.good(job.id, good, tx);
    for (const [index, { line }] of lines.entries()) {
      const problems = found[index]!;
      const state = problems.every(({ code }) => code === HAS_ACCOUNT) ? 'GOOD' : 'BAD';
      if (problems.length > 0) await this.imports.change(job.id, { line, state, problems }, tx);
    }
  }

  async #create(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const one of lines) {
      const { line, content } = one;
      const created = await this.accounts.create(await this.#draft(job, content, tx), tx);
      if (created.status === 'created')
        await this.imports.change(
          job.id,
          { line, state: 'MADE', problems: [], accountId: created.account.id },
          tx,
        );
      else await this.#taken(job, one, created.status, tx);
    }
  }

  /** The person has an account elsewhere, or another request made it since the check. */
  async #taken(job: OrderedImport, one: ImportLine, status: string, tx: EntityManager): Promise<void> {
    const { line } = one;
    const [found] = await this.#problems(job, [one], tx);
    const isFound = found!.length > 0 && found!.every(({ code }) => code === HAS_ACCOUNT);
    if (isFound) return this.imports.change(job.id, { line, state: 'FOUND', problems: found! }, tx);
    const field = status === 'username-taken' ? 'username' : 'nationalId';
    await this.imports.change(job.id, { line, state: 'BAD', problems: [{ field, code: 'taken' }] }, tx);
  }

  async #invite(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const one of lines) {
      if (one.state === 'FOUND') {
        await this.#propose(job, one, tx);
        continue;
      }
      const { line, accountId } = one;
      const account = accountId ? await this.accounts.get(accountId, tx) : undefined;
      if (account?.status === 'INVITED')
        await this.invitations.send(account, { id: job.actorId, bulk: true }, tx);
      await this.imports.change(job.id, { line, state: 'INVITED' }, tx);
    }
  }

  async #propose(
    job: OrderedImport,
    { line, content, problems }: ImportLine,
    tx: EntityManager,
  ): Promise<void> {
    const { roles, structureId } = await this.#draft(job, content, tx);
    const { nationalId, email } = content;
    const byNationalId = problems.some(({ field }) => field === 'nationalId');
    const who = byNationalId && nationalId ? { nationalId } : { email };
    const offer = { ...who, structureId: structureId!, roles: roles!, proposedBy: job.actorId };
    await this.proposals.propose({ ...offer, source: 'import' }, tx);
    await this.imports.change(job.id, { line, state: 'PROPOSED' }, tx);
  }

  async #undo(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const { line, state, accountId } of lines) {
      const isMade = accountId !== null && (await this.administration.undoCreation(accountId, tx));
      const undone = state === 'FOUND' || isMade;
      await this.imports.change(job.id, { line, state: undone ? 'UNDONE' : 'KEPT' }, tx);
    }
  }

  /** The problems of each of these lines, in their order; a good line has none. */
  async #problems(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<ImportProblem[][]> {
    const contents = lines.map((one) => one.content);
    const ids = contents.flatMap((one) => one.nationalId ?? []);
    const names = contents.map((one) => one.username);
    const wanted = new Set(contents.flatMap((one) => one.structure ?? []));
    const [taken, doubles, structures] = await Promise.all([
      this.accounts.findTaken(names, ids, tx),
      this.imports.doubles(job.id, lines, tx),
      this.structures.findAll([...wanted], tx),
    ]);
    const structuresOf = await this.memberships.findStructures([...taken.values()], tx);
    return lines.map(({ line, content }) => {
      const shape = misshapen(content);
      const comparable = (field: string) => !shape.some((one) => one.field === field);
      const structureId = job.structureId ?? (content.structure && structures.get(content.structure)?.id);
      const known = structureId ? knownPerson(content, taken) : undefined;
      const isElsewhere = known && !structuresOf(known.id).includes(structureId!);
      return [
        ...shape,
        ...unknownWords(job, content),
        ...structureProblems(job, content, structures),
        ...(isElsewhere ? hasAccount(known.field, content) : takenKeys(content, taken, comparable)),
        ...(comparable('username') && doubles.has(line) ? [{ field: 'username', code: 'double' }] : []),
      ];
    });
  }

  /** The account to be of a good line. */
  async #draft(
    job: ImportOrder,
    { structure, ...content }: ImportContent,
    tx: EntityManager,
  ): Promise<AccountDraft> {
    const found = structure && (await this.structures.findAll([structure], tx)).get(structure);
    const structureId = job.structureId ?? (found ? found.id : null);
    return { ...content, roles: content.roles ?? ['professional'], structureId, status: 'INVITED' };
  }
}

/**
 * The account of a line's person: by the national id, or by a user name that is the mail address of the line. Other equal
 * user names may belong to two people.
 */
function knownPerson(
  { nationalId, username, email }: ImportContent,
  taken: ReadonlyMap<string, string>,
): { id: string; field: string } | undefined {
  const holder = nationalId && taken.get(nationalId);
  if (holder) return { id: holder, field: 'nationalId' };
  const named = nameKey(username) === nameKey(email) ? taken.get(nameKey(username)) : undefined;
  return named ? { id: named, field: 'username' } : undefined;
}

/** A membership has no national role. */
function hasAccount(field: string, { roles = [] }: ImportContent): ImportProblem[] {
  const known = { field, code: HAS_ACCOUNT };
  return isNational(roles) ? [known, { field: 'roles', code: 'choice' }] : [known];
}

function takenKeys(
  { username, nationalId }: ImportContent,
  taken: ReadonlyMap<string, string>,
  comparable: (field: string) => boolean,
): ImportProblem[] {
  const isNamed = comparable('username') && taken.has(nameKey(username));
  return [
    ...(isNamed ? [{ field: 'username', code: 'taken' }] : []),
    ...(nationalId && taken.has(nationalId) ? [{ field: 'nationalId', code: 'taken' }] : []),
  ];
}

/** What a role may be is a closed list, which says more than its form. */
function misshapen(content: ImportContent): ImportProblem[] {
  const fields = wrongFields(content).filter((field) => field !== 'roles');
  return fields.map((field) => ({ field, code: 'format' }));
}

/** A structure's administrator gives what reaches the own structure alone; no administrator gives an unknown role. */
function unknownWords({ structureId }: ImportOrder, { roles, locale }: ImportContent): ImportProblem[] {
  const grantable = ROLES.filter((role) =>
    mayHandle({ structureIds: structureId === null ? null : [structureId] }, [role]),
  );
  const wrongRole = (roles ?? []).some((role) => !grantable.some((one) => one === role));
  const wrongLocale = locale !== undefined && !LOCALES.includes(locale);
  return [
    ...(wrongRole ? [{ field: 'roles', code: 'choice' }] : []),
    ...(wrongLocale ? [{ field: 'locale', code: 'choice' }] : []),
  ];
}

function structureProblems(
  { structureId }: ImportOrder,
  { structure, roles }: ImportContent,
  known: Map<string, Structure>,
): ImportProblem[] {
  const found = structure ? known.get(structure) : undefined;
  // An administrator of a structure gets one answer for an unknown structure and for another one.
  if (structure && (!found || (structureId !== null && found.id !== structureId)))
    return [{ field: 'structure', code: 'choice' }];
  if (structureId !== null) return [];
  const needed = !structure && roles?.includes('structure-admin');
  return needed ? [{ field: 'structure', code: 'required' }] : [];
}
