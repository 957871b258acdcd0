import { Injectable } from '@nestjs/common';
import {
  AccountDraft,
  AccountImportService,
  AccountService,
  ImportContent,
  ImportLine,
  ImportOrder,
  ImportProblem,
  LOCALES,
  wrongFields,
} from '@portillon/account';
import { Structure, StructureService } from '@portillon/structure';
import { nameKey } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { mayHandle, ROLES } from '@portillon/user-management';

/** Faults of an import's lines, the same for a dry run and a real one. */
@Injectable()
export class ImportCheckService {
  constructor(
    private readonly accounts: AccountService,
    private readonly structures: StructureService,
    private readonly imports: AccountImportService,
  ) {}

  /** The problems of each of these lines, in their order; a good line has none. */
  async problems(
    job: ImportOrder & { id: string },
    lines: ImportLine[],
    tx: EntityManager,
  ): Promise<ImportProblem[][]> {
    const contents = lines.map((one) => one.content);
    const ids = contents.flatMap((one) => one.nationalId ?? []);
    const names = contents.map((one) => one.username);
    const wanted = new Set(contents.flatMap((one) => one.structure ?? []));
    const [taken, doubles, structures] = await Promise.all([
      this.accounts.taken(names, ids, tx),
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
  async draft(
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
  const grantable = ROLES.filter((role) => mayHandle({ structureId }, [role]));
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
