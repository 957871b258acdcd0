import { DatabaseHealthService, MOST_PREPARED } from '@portillon/persistence';
import { doubtful, fine, Finding } from './finding';

const NEARLY = 0.8;

/** How many connections the server's limit of prepared statements is enough for. Nothing of the embedded engine. */
export async function examinePreparedStatements(database: DatabaseHealthService): Promise<Finding[]> {
  const found = await database.preparedStatements();
  if (!found) return [];
  const connections = Math.floor(found.limit / MOST_PREPARED);
  const text = `${found.open} of ${found.limit} statements, enough for ${connections} connections`;
  if (found.open < found.limit * NEARLY) return [fine('prepared', text)];
  return [doubtful('prepared', text, 'raise max_prepared_stmt_count of the database server')];
}
