import { randomBytes, randomUUID } from 'node:crypto';
import type { Stage } from '../server/stage';

/** What the directory shows of a person, or of the structure (`accountId` null). */
export interface ShownChange {
  kind: string;
  accountId: string | null;
  structureId: string;
  details?: object;
}

/** Stores a change as the nightly reading of the directory does. Returns its id. */
export async function showChange(stage: Stage, change: ShownChange): Promise<string> {
  const { kind, accountId, structureId, details = {} } = change;
  const id = randomUUID();
  await stage.database.execute(
    `INSERT INTO directoryChange (id, changeKey, accountId, structureId, kind, details, foundAt)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [id, randomBytes(32).toString('hex'), accountId, structureId, kind, JSON.stringify(details), new Date()],
  );
  return id;
}
