import { Injectable } from '@nestjs/common';
import type { ImportProblem } from '@portillon/account';
import { ErrorCatalogService, Locale } from '@portillon/kernel';
import type { Administrator } from '@portillon/user-management';
import { importProblemText } from './import-problem.texts';

/** Says what is wrong with a cell of a file of accounts. */
@Injectable()
export class ImportProblemTextService {
  constructor(private readonly catalog: ErrorCatalogService) {}

  /** In the language of the request, with what the cell may hold. */
  for({ client: { locale }, scope }: Administrator): (problem: ImportProblem) => string {
    return (problem) => this.text(problem, locale, scope.structureId === null);
  }

  /** `isNational`: who sends the file may give national roles. */
  text(problem: ImportProblem, locale: Locale, isNational: boolean): string {
    const { code, field } = problem;
    return importProblemText(problem, locale, isNational) ?? this.catalog.fieldText(code, locale, field);
  }
}
