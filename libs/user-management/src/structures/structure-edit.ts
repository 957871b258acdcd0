import type { StructureDraft, StructureEdit } from '@portillon/structure';
import { AppError } from '@portillon/kernel';

/** @throws AppError `precondition.failed`, `not-found`, `structure.taken`, for an edit that did not take place */
export function requireEdited({ status }: StructureEdit): void {
  if (status === 'edited') return;
  if (status === 'moved') throw new AppError('precondition.failed');
  if (status === 'missing') throw new AppError('not-found');
  throw structureTaken(status);
}

/** The refusal of a name or a number that another structure has. */
export function structureTaken(status: 'name-taken' | 'number-taken'): AppError {
  const field = status === 'name-taken' ? 'name' : 'finess';
  return new AppError('structure.taken', { errors: [{ field, code: 'taken', message: '' }] });
}

/** A structure is registered with its FINESS or its SIRET. @throws AppError `validation.failed` */
export function requireNumber({ finess, siret }: StructureDraft): void {
  if (finess || siret) return;
  const errors = [{ field: 'finess', code: 'required', message: '' }];
  throw new AppError('validation.failed', { errors });
}
