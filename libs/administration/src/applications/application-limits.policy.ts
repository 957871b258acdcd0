import type { ApplicationEntity, ApplicationSettings } from '@portillon/application';
import type { Scope } from '../rights.policy';

type Limited = Pick<ApplicationSettings, 'trusted' | 'audienceStructures' | 'resources'>;

/** An application before it is registered: nothing that only a national administrator gives. */
export const NOTHING_GIVEN: Limited = { trusted: false, audienceStructures: [], resources: [] };

/**
 * Which setting only a national administrator may give, where a structure's administrator asks for more than there was
 * `before`: no consent, people of other structures, tokens for the APIs of the whole service. The keys of an API of
 * their own are not theirs to hand out either (`kind`).
 */
export function beyondReach(
  { structureId }: Scope,
  before: Limited,
  asked: Partial<ApplicationSettings> & Partial<Pick<ApplicationEntity, 'kind'>>,
): keyof Limited | 'kind' | undefined {
  if (structureId === null) return undefined;
  if (asked.kind === 'resource') return 'kind';
  if (asked.trusted && !before.trusted) return 'trusted';
  if (!within(asked.resources, before.resources)) return 'resources';
  return within(asked.audienceStructures, [...before.audienceStructures, structureId])
    ? undefined
    : 'audienceStructures';
}

function within(asked: readonly string[] = [], allowed: readonly string[]): boolean {
  return asked.every((one) => allowed.includes(one));
}
