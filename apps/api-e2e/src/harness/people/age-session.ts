import type { Person } from './person';
import type { Stage } from '../server/stage';

/** As if this moment of the person's sessions were six minutes ago. */
export async function ageSession(
  stage: Stage,
  person: Person,
  moment: 'signedInAt' | 'authenticatedAt',
): Promise<void> {
  await stage.database.execute(`UPDATE session SET ${moment} = ? WHERE accountId = ?`, [
    new Date(Date.now() - 6 * 60_000),
    person.id,
  ]);
}
