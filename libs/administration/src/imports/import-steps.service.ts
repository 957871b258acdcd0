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
  wrongFields,
} from '@portillon/account';
import { nameKey } from '@portillon/kernel';
import { InvitationService } from '@portillon/recovery';
import { Structure, StructureService } from '@portillon/structure';
import { mayHandle, ROLES } from '@portillon/user-management';
import type { EntityManager } from 'typeorm';

/** Lines in one transaction: short enough that no sign-in waits behind it. */
const STEP = 25;
const CHECK_STEP = 200;

/** The order: all facts that a step needs. */
export type OrderedImport = ImportOrder & { id: string };

/** A task for the lines of an import in one of its states. */
export interface ImportTask {
  /** The lines that it is done with. */
  from: LineState;
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
    CHECKING: { from: 'NEW', lines: CHECK_STEP, work: (job, lines, tx) => this.#check(job, lines, tx) },
    CREATING: { from: 'GOOD', lines: STEP, work: (job, lines, tx) => this.#create(job, lines, tx) },
    INVITING: { from: 'MADE', lines: STEP, work: (job, lines, tx) => this.#invite(job, lines, tx) },
    UNDOING: { from: 'MADE', lines: STEP, work: (job, lines, tx) => this.#undo(job, lines, tx) },
  };

  constructor(
    private readonly imports: AccountImportService,
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly structures: StructureService,
    private readonly invitations: InvitationService,
  ) {}

  /** What is to be done in a state that has work. */
  taskOf(state: ImportState): ImportTask {
    return this.#tasks[state]!;
  }

  async #check(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    const problems = await this.#problems(job, lines, tx);
    const good = lines.filter((_, index) => problems[index]!.length === 0).map(({ line }) => line);
    await this.imports.good(job.id, good, tx);
    for (const [index, { line }] of lines.entries())
      if (problems[index]!.length > 0)
        await this.imports.change(job.id, { line, state: 'BAD', problems: problems[index] }, tx);
  }

  async #create(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const { line, content } of lines) {
      const created = await this.accounts.create(await this.#draft(job, content, tx), tx);
      if (created.status === 'created')
        await this.imports.change(job.id, { line, state: 'MADE', accountId: created.account.id }, tx);
      else await this.#takenMeanwhile(job, line, created.status, tx);
    }
  }

  /** Another request made it since the check. */
  async #takenMeanwhile(job: OrderedImport, line: number, status: string, tx: EntityManager): Promise<void> {
    const field = status === 'username-taken' ? 'username' : 'nationalId';
    await this.imports.change(job.id, { line, state: 'BAD', problems: [{ field, code: 'taken' }] }, tx);
  }

  async #invite(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const { line, accountId } of lines) {
      const account = accountId ? await this.accounts.get(accountId, tx) : undefined;
      if (account?.status === 'INVITED')
        await this.invitations.send(account, { id: job.actorId, bulk: true }, tx);
      await this.imports.change(job.id, { line, state: 'INVITED' }, tx);
    }
  }

  async #undo(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const { line, accountId } of lines) {
      const undone = accountId !== null && (await this.administration.undoCreation(accountId, tx));
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
    return lines.map(({ line, content }) => {
      const shape = misshapen(content);
      const comparable = (field: string) => !shape.some((one) => one.field === field);
      const { username, nationalId } = content;
      return [
        ...shape,
        ...unknownWords(job, content),
        ...structureProblems(job, content, structures),
        ...(comparable('username') && taken.has(nameKey(username))
          ? [{ field: 'username', code: 'taken' }]
          : []),
        ...(nationalId && taken.has(nationalId) ? [{ field: 'nationalId', code: 'taken' }] : []),
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
