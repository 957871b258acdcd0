import type { Keyring } from '@portillon/kernel';
import type { AuditEventEntity } from '../journal/audit-event.entity';
import type { AuditEventRepository, LinePlace } from '../journal/audit-event.repository';
import type { JournalFaults } from './verification.types';
import { called, isMarked, missingKeyOf } from '../journal/journal.line';
import type { AuditSealRepository } from '../seal/audit-seal.repository';
import { LinesDigest, Seal } from '../seal/seal';

const PAGE = 1_000;
const BEFORE_ALL: LinePlace = { sealSequence: -2_147_483_648, id: '' };

/** Reads sealed lines in the order of their seals, with one page in memory. */
export class LineReader {
  #page: AuditEventEntity[] = [];
  #next = 0;
  #ended = false;
  read = 0;

  constructor(private readonly events: AuditEventRepository) {}

  /** Returns the next line if its seal is at most `sequence`. */
  async upTo(sequence: number): Promise<AuditEventEntity | undefined> {
    if (this.#next === this.#page.length) await this.#turn();
    const line = this.#page[this.#next];
    if (!line || line.sealSequence! > sequence) return undefined;
    this.#next++;
    this.read++;
    return line;
  }

  async #turn(): Promise<void> {
    if (this.#ended) return;
    const last = this.#page.at(-1);
    const after = last ? { sealSequence: last.sealSequence!, id: last.id } : BEFORE_ALL;
    this.#page = await this.events.findSealed(after, PAGE);
    this.#next = 0;
    this.#ended = this.#page.length < PAGE;
  }
}

/**
 * Lines that name a missing seal. Lines with a valid mark are counted, not listed: a removed seal leaves hundreds of
 * them, which would push other faults out of the report.
 */
export class OrphanEntries {
  readonly #written = new Map<number, number>();

  constructor(
    private readonly keyring: Keyring,
    private readonly findings: JournalFaults,
  ) {}

  add(line: AuditEventEntity): void {
    const seal = line.sealSequence!;
    if (isMarked(line, this.keyring)) this.#written.set(seal, (this.#written.get(seal) ?? 0) + 1);
    else
      this.findings.add(`${called(line)} was slipped in: it names seal ${seal}, which does not exist.`, {
        seal,
        line: line.id,
      });
  }

  report(): void {
    for (const [seal, count] of this.#written) {
      const lines =
        count === 1 ? '1 line that Portillon wrote names' : `${count} lines that Portillon wrote name`;
      this.findings.add(`${lines} seal ${seal}, which does not exist.`, { seal });
    }
  }
}

/** Lines beyond those of the seal that are examined after a fault. */
const BEYOND = 100;

/** Compares the lines of each seal with its digest. */
export class SealLines {
  readonly #reader: LineReader;

  constructor(
    private readonly events: AuditEventRepository,
    private readonly seals: AuditSealRepository,
    private readonly keyring: Keyring,
    private readonly findings: JournalFaults,
    reader: LineReader,
  ) {
    this.#reader = reader;
  }

  /** `purgedThrough`: the lines of all seals up to this one must be gone. */
  async check(seal: Seal, purgedThrough: number): Promise<void> {
    const digest = new LinesDigest();
    const orphans = new OrphanEntries(this.keyring, this.findings);
    let count = 0;
    const next = () => this.#reader.upTo(seal.sequence);
    for (let line = await next(); line; line = await next()) {
      if (line.sealSequence !== seal.sequence) {
        orphans.add(line);
        continue;
      }
      digest.add(line);
      count++;
    }
    orphans.report();
    const isPurged = seal.sequence <= purgedThrough;
    const isRight = isPurged ? count === 0 : count === seal.lineCount && digest.end() === seal.linesDigest;
    if (!isRight) await this.#lookAgain(seal);
  }

  /**
   * Lists lines that were not written by Portillon before they were sealed: the seal covers them, but does not vouch
   * for them.
   */
  async nameUnmarked(seal: Seal): Promise<void> {
    if (seal.unmarkedCount === 0) return;
    const lines = await this.events.findBySeal(seal.sequence, seal.lineCount);
    const unmarked = lines.filter((line) => !isMarked(line, this.keyring));
    const foreign = unmarked.filter((line) => missingKeyOf(line, this.keyring) === undefined);
    if (foreign.length > 0) this.#reportForeign(seal, foreign);
    else if (unmarked.length > 0) this.#doubtKeys(seal, unmarked);
  }

  /**
   * Reads the lines again before it reports a fault, since a purge may have come between two pages. Then names the
   * fault as exactly as possible.
   */
  async #lookAgain(seal: Seal): Promise<void> {
    const lines = await this.events.findBySeal(seal.sequence, seal.lineCount + BEYOND);
    const head = await this.seals.findHead();
    const isPurged = seal.sequence <= (head?.purgedThrough ?? 0);
    if (isPurged) return this.#reportReturned(seal, lines);
    if (fits(seal, lines)) return;
    const before = this.findings.count;
    for (const line of lines) if (!isMarked(line, this.keyring)) this.#reportAltered(seal, line);
    this.#reportMissing(seal, lines);
    if (this.findings.count === before)
      this.#report(seal, `The lines of seal ${seal.sequence} are not those it was made over.`);
  }

  #reportAltered(seal: Seal, line: AuditEventEntity): void {
    if (missingKeyOf(line, this.keyring) !== undefined) return this.#doubtKeys(seal, [line]);
    const maybe = line.mark === null && seal.unmarkedCount > 0;
    const text = maybe
      ? `${called(line)}, without a mark, may be the one that was altered.`
      : `${called(line)} was altered or slipped in: its mark does not fit what it says.`;
    this.#report(seal, text, line);
  }

  #reportMissing(seal: Seal, lines: AuditEventEntity[]): void {
    const { sequence, lineCount, firstId, lastId } = seal;
    const missing = lineCount - lines.length;
    const verb = missing === 1 ? 'is' : 'are';
    if (missing > 0)
      this.#report(seal, `${missing} of the ${lineCount} lines of seal ${sequence} ${verb} missing.`);
    if (missing < 0)
      this.#report(seal, `Seal ${sequence} covers ${lineCount} lines, and more bear its number.`);
    for (const id of new Set([firstId!, lastId!]))
      if (!lines.some((line) => line.id === id))
        this.#report(seal, `Line ${id} is missing: seal ${sequence} names it.`, { id });
  }

  #reportReturned(seal: Seal, lines: AuditEventEntity[]): void {
    for (const line of lines)
      this.#report(
        seal,
        `${called(line)} was slipped in: the lines of seal ${seal.sequence} were purged.`,
        line,
      );
  }

  #reportForeign(seal: Seal, lines: AuditEventEntity[]): void {
    const { sequence } = seal;
    this.#report(
      seal,
      `${lines.length} of the lines of seal ${sequence} were slipped in before it was made: they bear no mark of Portillon.`,
    );
    for (const line of lines) this.#report(seal, `${called(line)} bears no mark of Portillon.`, line);
  }

  #doubtKeys(seal: Seal, lines: AuditEventEntity[]): void {
    for (const key of new Set(lines.map((line) => missingKeyOf(line, this.keyring))))
      this.findings.doubt(
        `Lines of seal ${seal.sequence} are marked with key "${key}", which is not in SECRET_KEYS: add it to check them.`,
        { seal: seal.sequence },
      );
  }

  #report(seal: Seal, text: string, line?: Pick<AuditEventEntity, 'id'>): void {
    this.findings.add(text, { seal: seal.sequence, line: line?.id });
  }
}

function fits(seal: Seal, lines: AuditEventEntity[]): boolean {
  const digest = new LinesDigest();
  for (const line of lines) digest.add(line);
  return lines.length === seal.lineCount && digest.end() === seal.linesDigest;
}
