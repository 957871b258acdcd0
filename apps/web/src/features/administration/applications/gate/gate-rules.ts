import { getGateRules } from '../../../../api/applications.api';
import type { AdminGateRules } from '../../../../api/types';
import { structureNames } from '../structure-names';

/** The rules of an application, with the names of their structures. */
export interface NamedRules extends AdminGateRules {
  nameOf: (structure: string) => string;
}

export async function readRules(id: string): Promise<NamedRules> {
  const rules = await getGateRules(id);
  return { ...rules, nameOf: await structureNames(rules.items.flatMap((rule) => rule.structures)) };
}
