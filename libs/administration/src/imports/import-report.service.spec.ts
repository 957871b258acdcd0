import type { AccountImportService, ImportLine } from '@portillon/account';
import { Steps } from '@portillon/testing';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { importJob, importLine } from '../testing/import.fixture';
import type { AdministeredImportService } from './administered-import.service';
import type { ImportProblemTextService } from './import-problem-text.service';
import { ImportReportService } from './import-report.service';

const PAGE = 500;

/** The report of an import of so many lines. */
function report(count: number) {
  const steps = new Steps();
  const lines: ImportLine[] = Array.from({ length: count }, (_, index) => importLine(index + 2));
  return new ImportReportService(
    steps.of<AdministeredImportService>('administered', { get: async () => importJob() }),
    steps.of<AccountImportService>('imports', {
      lines: async (_, { after = 0, limit }) => lines.filter(({ line }) => line > after).slice(0, limit),
    }),
    steps.of<ImportProblemTextService>('texts', { for: () => () => '' }),
  );
}

describe('the report of an import', () => {
  it.each([0, 1, PAGE, PAGE + 1])('has a line for each of %i lines of the file', async (count) => {
    const text = (await (await report(count).open(OF_HOSPITAL, 'import')).toArray()).join('');
    expect(text.trim().split('\r\n')).toHaveLength(count + 1);
  });
});
