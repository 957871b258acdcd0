import { httpFields, validateBody } from '@portillon/http';
import { ErrorCatalogService, isCalendarDay } from '@portillon/kernel';
import type { AppError } from '@portillon/kernel';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { NO_STATEMENTS, AccessibilityDeclaration, DataProtectionOfficer } from './site-statements.dto';
import type { PublishedStatements, StatementText } from './site-statements.dto';
import { statementText } from './statement-text';

/** The limit of every file: people read these pages. */
const MOST_BYTES = 64 * 1024;
const WORDS = new ErrorCatalogService();
WORDS.register({}, httpFields);
const TEXTS = ['legal', 'privacy'] as const;
const STATEMENT_FILES = [
  'legal.md',
  'legal.en.md',
  'privacy.md',
  'privacy.en.md',
  'accessibility.yaml',
  'dpo.yaml',
] as const;
type FileName = (typeof STATEMENT_FILES)[number];

/** The operator's texts in a folder, and the faults of its files, a sentence each. */
export interface ReadStatements {
  statements: PublishedStatements;
  problems: string[];
}

/** Reads the folder of `SITE_STATEMENTS`. A file that is absent or empty sets nothing. */
export function readStatements(folder: string): ReadStatements {
  const reader = new StatementReader(folder);
  const statements = {
    ...NO_STATEMENTS,
    ...Object.fromEntries(TEXTS.map((name) => [name, reader.text(name)])),
    dataProtectionOfficer: reader.fields('dpo.yaml', DataProtectionOfficer),
    accessibility: reader.fields('accessibility.yaml', AccessibilityDeclaration),
  };
  if (statements.accessibility && reader.problems.length === 0)
    reader.problems.push(...claimFaults(statements.accessibility).map((one) => `accessibility.yaml: ${one}`));
  return { statements, problems: reader.problems };
}

class StatementReader {
  readonly problems: string[] = [];

  constructor(private readonly folder: string) {
    for (const name of this.#names())
      if (/\.(?:md|ya?ml)$/.test(name) && !STATEMENT_FILES.some((one) => one === name))
        this.problems.push(`${name} is none of its files: ${STATEMENT_FILES.join(', ')}`);
  }

  /** In French, and in English where that is there. */
  text(name: (typeof TEXTS)[number]): StatementText | null {
    const [fr, en] = ([`${name}.md`, `${name}.en.md`] as const).map((file) => this.#blocks(file));
    if (!fr && en)
      this.problems.push(`${name}.en.md is the English of ${name}.md, which is missing or empty`);
    return fr ? { fr, en: en ?? null } : null;
  }

  fields<File extends object>(name: FileName, type: (new () => File) & { EMPTY: object }): File | null {
    const text = this.#content(name);
    if (text === null) return null;
    const document = parseDocument(text, { uniqueKeys: true, strict: true });
    if (document.errors[0] || !isMap(document.contents)) {
      const why = document.errors[0]?.message.split('\n')[0] ?? 'is no list of "field: value"';
      this.problems.push(`${name}: ${why}`);
      return null;
    }
    return this.#checked(name, type, document.toJS({ maxAliasCount: 0 }) as object);
  }

  #checked<File extends object>(
    name: FileName,
    type: (new () => File) & { EMPTY: object },
    given: object,
  ): File | null {
    try {
      return validateBody(type, { ...type.EMPTY, ...given });
    } catch (error) {
      const wrong = (error as AppError).errors ?? [];
      this.problems.push(
        ...wrong.map(
          ({ field, code }) => `${name}: ${field} is wrong (${code}). ${WORDS.fieldText(code, 'en', field)}`,
        ),
      );
      return null;
    }
  }

  #blocks(name: FileName): StatementText['fr'] | null {
    const text = this.#content(name);
    if (text === null) return null;
    const { blocks, faults } = statementText(text);
    this.problems.push(...faults.map((fault) => `${name}: ${fault}`));
    return blocks;
  }

  #content(name: FileName): string | null {
    const file = join(this.folder, name);
    if (!existsSync(file)) return null;
    const content = this.#bytes(name, file);
    if (content.length > MOST_BYTES) this.problems.push(`${name} is larger than 64 KiB`);
    return content.length > MOST_BYTES
      ? null
      : content
          .toString('utf8')
          .replace(/^\uFEFF/, '')
          .trim() || null;
  }

  #bytes(name: FileName, file: string): Buffer {
    try {
      return readFileSync(file);
    } catch (error) {
      this.problems.push(`${name} cannot be read (${(error as NodeJS.ErrnoException).code})`);
      return Buffer.alloc(0);
    }
  }

  #names(): string[] {
    try {
      return readdirSync(this.folder);
    } catch (error) {
      this.problems.push(`the folder cannot be read (${(error as NodeJS.ErrnoException).code})`);
      return [];
    }
  }
}

const HALF = 50;
const ALL = 100;
const DAYS = ['auditedOn', 'establishedOn', 'updatedOn'] as const;

/** Contradictions of a declaration, and claims without an audit; a sentence each. */
function claimFaults(declared: AccessibilityDeclaration): string[] {
  return [...dayFaults(declared), ...auditFaults(declared), ...rateFaults(declared)];
}

function dayFaults(declared: AccessibilityDeclaration): string[] {
  const dated = DAYS.filter((field) => declared[field] !== null);
  return dated
    .filter((field) => !isCalendarDay(declared[field]!))
    .map((field) => `${field} is no day of the calendar`);
}

function auditFaults({ state, auditedOn, auditor }: AccessibilityDeclaration): string[] {
  if ((auditedOn === null) !== (auditor === null)) return ['auditedOn and auditor go together'];
  const isAudited = auditedOn !== null;
  return state === 'none' || isAudited
    ? []
    : ['state is what an audit alone can say: auditedOn and auditor are missing'];
}

function rateFaults({ state, rate, auditedOn, nonConformities }: AccessibilityDeclaration): string[] {
  return [
    ...((auditedOn === null) === (rate === null)
      ? []
      : ['rate is the result of an audit: declare both, or neither']),
    ...(rate === null || state === stateOf(rate)
      ? []
      : ['state is not that of the rate: under 50 none, under 100 partial, 100 full']),
    ...(state === 'full' && nonConformities.length > 0
      ? ['state is full, and nonConformities is not empty']
      : []),
  ];
}

/** RGAA 4.1: of all criteria that apply fewer than half, half and more, or all are met. */
function stateOf(rate: number): AccessibilityDeclaration['state'] {
  if (rate < HALF) return 'none';
  return rate < ALL ? 'partial' : 'full';
}
