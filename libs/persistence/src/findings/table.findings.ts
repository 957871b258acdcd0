import { Injectable } from '@nestjs/common';
import type { Finding, FindingSource } from '@portillon/kernel';
import { MigratorService } from '../migrator.service';
import { SchemaService } from '../schema/schema.service';

const MOST_FAULTS = 5;

/** Whether the tables match this version. */
@Injectable()
export class TableFindings implements FindingSource {
  readonly subject = 'tables';

  constructor(
    private readonly migrator: MigratorService,
    private readonly schema: SchemaService,
  ) {}

  async check(): Promise<Finding[]> {
    const collation = await this.schema.collationFault();
    if (collation) return [{ state: 'failing', text: collation }];
    if (await this.migrator.pending())
      return [{ state: 'failing', text: 'behind this version', advice: 'run "portillon migrate"' }];
    const faults = await this.schema.faults();
    if (faults.length > 0) return [{ state: 'failing', text: faultsText(faults) }];
    return [{ state: 'well', text: 'up to date' }];
  }
}

/** A development build may have run other migrations of the same names. */
export function faultsText(faults: string[]): string {
  const first = faults.slice(0, MOST_FAULTS).join('; ');
  const more = faults.length > MOST_FAULTS ? `; and ${faults.length - MOST_FAULTS} more` : '';
  return (
    `its migrations ran, but ${first}${more}. Its tables were changed by hand, or made by a build that was no release: ` +
    'put back what is named, or restore a backup of a release, then run "portillon migrate". ' +
    'A table may also be missing to the account alone: run what "portillon migrate --grants serve" prints'
  );
}
