import { Injectable } from '@nestjs/common';
import type { Finding, FindingSource } from '@portillon/kernel';
import { DatabaseHealthRepository } from '../database/database-health.repository';
import { MOST_PREPARED } from '../mysql/server.data-source';

const NEARLY = 0.8;

/** Compares the open prepared statements with the server's limit. At the limit most requests fail. */
@Injectable()
export class PreparedStatementFindings implements FindingSource {
  readonly subject = 'prepared';

  constructor(private readonly database: DatabaseHealthRepository) {}

  async find(): Promise<Finding> {
    const found = await this.database.preparedStatements();
    if (!found) return { state: 'well', text: 'the embedded engine has no limit of them' };
    const { open, limit } = found;
    const connections = Math.floor(limit / MOST_PREPARED);
    const text = `${open} of ${limit} statements, enough for ${connections} connections`;
    if (open < limit * NEARLY) return { state: 'well', text };
    const advice = 'raise max_prepared_stmt_count of the database server';
    return { state: open < limit ? 'remark' : 'failing', text, advice };
  }
}
