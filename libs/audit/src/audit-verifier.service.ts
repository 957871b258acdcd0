import { Injectable } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';
import { AuditSealRepository, SealedLine } from './audit-seal.repository';
import { called, isMarked } from './journal.line';
import { LineReader } from './line-reader';
import { OrphanEntries } from './orphan-entries';
import { LinesDigest, Seal } from './seal';
import { SealChain } from './seal-chain';
import { Findings, Head, Verification } from './verification';

/** Seals read at a time. */
const PAGE = 500;
/** Lines looked at one by one where something is wrong, beyond those that the seal covers. */
const BEYOND = 100;
const WAITING = 1_000;
const TELL_EVERY = 100_000;

/** Proves that nothing sealed was altered, removed, slipped in or put in another order, and says where it was. */
@Injectable()
export class AuditVerifierService {
  constructor(
    private readonly repository: AuditSealRepository,
    private readonly keyring: Keyring,
  ) {}

  /**
   * Reads the whole journal, a page at a time, as it stands when this is called: what is written meanwhile does not
   * disturb it. `noted` is a head that was kept elsewhere: without one, a cut-off end cannot be told from no end.
   */
  async verify(noted?: Head, progress: (lines: number) => void = () => {}): Promise<Verification> {
    const findings = new Findings();
    const chain = new SealChain(this.keyring, findings, noted);
    const lines = new LineReader(this.repository);
    const head = await this.repository.head();
    for await (const seal of this.#sealsUpTo(head)) {
      chain.follow(seal);
      await this.#checkLines(seal, head!.purgedThrough, lines, findings);
      await this.#nameUnmarked(seal, head!.purgedThrough, chain, findings);
      if (lines.read % TELL_EVERY < seal.lineCount) progress(lines.read);
    }
    chain.end();
    await this.#findStrays(findings);
    const waiting = await this.#checkWaiting(chain.foundationThrough === (head?.sequence ?? 0), findings);
    return {
      proven: findings.told.length === 0,
      head: head ? { sequence: head.sequence, digest: head.digest } : null,
      seals: chain.seals,
      lines: lines.read,
      purgedThrough: head?.purgedThrough ?? 0,
      foundationThrough: chain.foundationThrough,
      waiting,
      findings: findings.told,
      moreFindings: findings.more,
    };
  }

  async *#sealsUpTo(head: Seal | undefined): AsyncGenerator<Seal> {
    let after = 0;
    for (;;) {
      const seals = await this.repository.seals(after, PAGE);
      for (const seal of seals) if (seal.sequence <= (head?.sequence ?? 0)) yield seal;
      if (seals.length < PAGE) return;
      after = seals.at(-1)!.sequence;
    }
  }

  async #checkLines(seal: Seal, purgedThrough: number, lines: LineReader, findings: Findings): Promise<void> {
    const digest = new LinesDigest();
    const strays = new OrphanEntries(this.keyring, findings);
    let count = 0;
    for (let line = await lines.upTo(seal.sequence); line; line = await lines.upTo(seal.sequence)) {
      if (line.sealSequence !== seal.sequence) strays.add(line);
      else digest.add(line);
      if (line.sealSequence === seal.sequence) count++;
    }
    strays.report();
    const purged = seal.sequence <= purgedThrough;
    const right = purged ? count === 0 : count === seal.lineCount && digest.end() === seal.linesDigest;
    if (!right) await this.#lookAgain(seal, findings);
  }

  /** Before anybody is accused: a purge may have come between two pages. Then, as exactly as can be told. */
  async #lookAgain(seal: Seal, findings: Findings): Promise<void> {
    const lines = await this.repository.linesOf(seal.sequence, seal.lineCount + BEYOND);
    const head = await this.repository.head();
    const purged = seal.sequence <= (head?.purgedThrough ?? 0);
    if (purged && lines.length === 0) return;
    if (purged) return tellReturned(seal, lines, findings);
    if (fits(seal, lines)) return;
    const before = findings.told.length + findings.more;
    for (const line of lines) if (!isMarked(line, this.keyring)) this.#tellForeign(seal, line, findings);
    tellCount(seal, lines, findings);
    if (findings.told.length + findings.more === before)
      findings.add(`The lines of seal ${seal.sequence} are not those it was made over.`, {
        seal: seal.sequence,
      });
  }

  #tellForeign(seal: Seal, line: SealedLine, findings: Findings): void {
    const where = { seal: seal.sequence, line: line.id };
    if (line.mark === null && seal.unmarkedCount > 0)
      return findings.add(`${called(line)}, without a mark, may be the one that was altered.`, where);
    findings.add(`${called(line)} was altered or slipped in: its mark does not fit what it says.`, where);
  }

  /** Lines that came past Portillon before they were sealed: covered, and still not believed. */
  async #nameUnmarked(
    seal: Seal,
    purgedThrough: number,
    chain: SealChain,
    findings: Findings,
  ): Promise<void> {
    const { sequence, unmarkedCount, lineCount } = seal;
    if (unmarkedCount === 0 || sequence <= Math.max(purgedThrough, chain.foundationThrough)) return;
    findings.add(
      `${unmarkedCount} of the lines of seal ${sequence} were slipped in before it was made: they bear no mark of Portillon.`,
      { seal: sequence },
    );
    for (const line of await this.repository.linesOf(sequence, lineCount))
      if (!isMarked(line, this.keyring))
        findings.add(`${called(line)} bears no mark of Portillon.`, { seal: sequence, line: line.id });
  }

  /** Lines that name a seal which was never made. */
  async #findStrays(findings: Findings): Promise<void> {
    const strays = new OrphanEntries(this.keyring, findings);
    const after = async () => ({ sealSequence: ((await this.repository.head())?.sequence ?? 0) + 1, id: '' });
    for (const line of await this.repository.lines(await after(), BEYOND)) {
      // A seal may have been made since.
      if (line.sealSequence! < (await after()).sealSequence) continue;
      strays.add(line);
    }
    strays.report();
  }

  async #checkWaiting(foundation: boolean, findings: Findings): Promise<number> {
    const lines = await this.repository.unsealed(WAITING);
    if (foundation) return lines.length;
    for (const line of lines.filter((one) => !isMarked(one, this.keyring)))
      findings.add(`${called(line)} waits for its seal and bears no mark of Portillon: slipped in.`, {
        line: line.id,
      });
    return lines.length;
  }
}

function fits(seal: Seal, lines: SealedLine[]): boolean {
  const digest = new LinesDigest();
  for (const line of lines) digest.add(line);
  return lines.length === seal.lineCount && digest.end() === seal.linesDigest;
}

function tellCount(seal: Seal, lines: SealedLine[], findings: Findings): void {
  const { sequence, lineCount, firstId, lastId } = seal;
  const where = { seal: sequence };
  const missing = lineCount - lines.length;
  if (missing > 0)
    findings.add(
      `${missing} of the ${lineCount} lines of seal ${sequence} ${missing === 1 ? 'is' : 'are'} missing.`,
      where,
    );
  if (missing < 0)
    findings.add(`Seal ${sequence} covers ${lineCount} lines, and more bear its number.`, where);
  for (const id of new Set([firstId!, lastId!]))
    if (!lines.some((line) => line.id === id))
      findings.add(`Line ${id} is missing: seal ${sequence} names it.`, { ...where, line: id });
}

function tellReturned(seal: Seal, lines: SealedLine[], findings: Findings): void {
  for (const line of lines)
    findings.add(`${called(line)} was slipped in: the lines of seal ${seal.sequence} were purged.`, {
      seal: seal.sequence,
      line: line.id,
    });
}
