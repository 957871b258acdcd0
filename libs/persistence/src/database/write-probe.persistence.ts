import { CreateWriteProbe1764700000001 } from '../migrations/1764700000001-create-write-probe';
import { PersistencePart, persistencePart } from '../persistence.options';
import { internal, table } from '../table';
import { WriteProbeEntity } from './write-probe.entity';

/** The table in which {@link DatabaseFindings} writes. Without it, a full disk may show only when a request hangs. */
export const writeProbePersistence: PersistencePart = persistencePart({
  tables: [
    table(WriteProbeEntity, {
      purpose: 'Shows that the database has space.',
      kept: 'until the next check',
      afterRestore: 'kept',
      columns: [internal('id writtenAt')],
    }),
  ],
  migrations: [CreateWriteProbe1764700000001],
  personalData: { none: 'It has one row, with a time.' },
});
