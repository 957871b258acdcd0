import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AccountImportService } from '@portillon/account';
import type { Administrator } from '@portillon/user-management';
import { CSV_BEGINNING, csvLine } from '@portillon/http';
import { AdministeredImportService } from './administered-import.service';
import { ImportProblemTextService } from './import-problem-text.service';
import { reportColumns } from './import-report.texts';

const LINES = 500;

/** Streams the results of an import's lines as a file. */
@Injectable()
export class ImportReportService {
  constructor(
    private readonly administered: AdministeredImportService,
    private readonly imports: AccountImportService,
    private readonly texts: ImportProblemTextService,
  ) {}

  /** @throws AppError `not-found` */
  async open(administrator: Administrator, id: string): Promise<Readable> {
    await this.administered.get(administrator, id);
    const text = this.texts.for(administrator);
    return Readable.from(this.#text(id, reportColumns(administrator.client.locale, text)));
  }

  async *#text(id: string, columns: ReturnType<typeof reportColumns>): AsyncGenerator<string> {
    yield CSV_BEGINNING + csvLine(columns.map(([title]) => title));
    for (let after = 0; ;) {
      const lines = await this.imports.lines(id, { after, limit: LINES });
      yield lines.map((line) => csvLine(columns.map(([, cell]) => cell(line)))).join('');
      if (lines.length < LINES) return;
      after = lines.at(-1)!.line;
    }
  }
}
