import { getStructure } from '../../../api/administration.api';
import { ApiProblem } from '../../../api/problem';

/** The names of these structures. */
export async function structureNames(ids: readonly string[]): Promise<(id: string) => string> {
  const names = new Map(await Promise.all([...new Set(ids)].map(named)));
  return (id) => names.get(id) ?? id;
}

/** A structure out of reach, or deleted, is shown by its id. */
async function named(id: string): Promise<[string, string]> {
  try {
    return [id, (await getStructure(id)).name];
  } catch (failure) {
    if (failure instanceof ApiProblem && failure.code === 'not-found') return [id, id];
    throw failure;
  }
}
