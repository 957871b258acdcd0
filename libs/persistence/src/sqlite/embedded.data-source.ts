import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '@portillon/kernel';
import { DataSource, DataSourceOptions } from 'typeorm';
import { SafeLibsql } from './safe-libsql.adapter';
import { serialise } from './serial-query-runner';

/** Opens the embedded engine on the file of `url` and creates it if missing; `:memory:` stores nothing. */
export async function openEmbedded(url: string, schema: object): Promise<DataSource> {
  const database = url.replace(/^sqlite:(\/\/)?/, '');
  if (database !== ':memory:') await mkdir(dirname(database), { recursive: true });
  const source = new DataSource({
    ...schema,
    type: 'better-sqlite3',
    driver: await SafeLibsql.load(),
    database,
    enableWAL: database !== ':memory:',
    // A committed code or session must survive a power cut, in WAL mode too.
    prepareDatabase: (connection: SafeLibsql) => connection.pragma('synchronous = FULL'),
  } as DataSourceOptions);
  return serialise(source).initialize().catch(refuseFile);
}

/** SQLite's messages name the file, and some of its failures have no code. */
function refuseFile(cause: unknown): never {
  throw new AppError('service.busy', { detail: 'the embedded database cannot be opened', cause });
}
