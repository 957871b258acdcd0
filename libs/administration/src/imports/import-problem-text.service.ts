import { Injectable } from '@nestjs/common';
import type { ImportProblem } from '@portillon/account';
import { ErrorCatalogService } from '@portillon/kernel';
import type { Administrator } from '../administrator.types';
import { importProblemText } from './import-problem.texts';

/** Says to an administrator what is wrong with a cell of their file. */
@Injectable()
export class ImportProblemTextService {
  constructor(private readonly catalog: ErrorCatalogService) {}

  /** In the language of the request, with what the cell may hold. */
  for({ client: { locale }, scope }: Administrator): (problem: ImportProblem) => string {
    const isNational = scope.structureId === null;
    return (problem) =>
      importProblemText(problem, locale, isNational) ?? this.catalog.fieldText(problem.code, locale);
  }
}
