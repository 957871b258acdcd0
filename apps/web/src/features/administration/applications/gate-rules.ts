import { getStructure } from '../../../api/administration.api';
import { getGateRules } from '../../../api/applications.api';
import { ApiProblem } from '../../../api/problem';
import type { AdminGateRules } from '../../../api/types';

/** The rules of an application, with the names of the structures in them. */
export interface NamedRules extends AdminGateRules {
  nameOf: (structure: string) => string;
}

export async function readRules(id: string): Promise<NamedRules> {
  const rules = await getGateRules(id);
  const structures = [...new Set(rules.items.flatMap((rule) => rule.structures))];
  const names = new Map(await Promise.all(structures.map(named)));
  return { ...rules, nameOf: (structure) => names.get(structure) ?? structure };
}

/** One out of reach, or gone, is shown by its id. */
async function named(id: string): Promise<[string, string]> {
  try {
    return [id, (await getStructure(id)).name];
  } catch (failure) {
    if (failure instanceof ApiProblem && failure.code === 'not-found') return [id, id];
    throw failure;
  }
}
