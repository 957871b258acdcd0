import { chooseStructure } from '../api/membership.api';
import { useSessionStore } from '../stores/session.store';

/** Returns the function that makes a structure the one in use. */
export function useStructureChoice() {
  const sessions = useSessionStore();
  return async (structureId: string) => sessions.adopt(await chooseStructure(structureId));
}
