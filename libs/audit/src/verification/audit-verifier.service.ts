import { Injectable } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';
import { AuditEventRepository } from '../journal/audit-event.repository';
import { AuditSealRepository } from '../seal/audit-seal.repository';
import { JournalFaults } from './verification.types';
import type { Head, Verification } from './verification.types';
import { called, isMarked, missingKeyOf } from '../journal/journal.line';
import { LineReader, OrphanEntries, SealLines } from './seal-lines';
import type { Seal } from '../seal/seal';
import { SealChain } from './seal-chain';

/** Seals of a batch. */
const PAGE = 500;
/** Maximum number of lines with a missing seal that are examined one by one. */
const MOST_ORPHANS = 100;
/** Maximum number of lines without a seal that are examined one by one. */
const WAITING = 2_000;

/** Proves that no sealed line was altered, removed, inserted or reordered, and locates faults. */
@Injectable()
export class AuditVerifierService {
  constructor(
    private readonly events: AuditEventRepository,
    private readonly seals: AuditSealRepository,
    private readonly keyring: Keyring,
  ) {}

  /**
   * Reads the whole journal page by page, as it is at the time of the call: later lines do not disturb it. `noted` is
   * a head that was kept elsewhere; without it, a cut-off end cannot be detected. `progress` is called after each seal
   * with the number of lines read; an error that it throws ends the verification.
   */
  async verify(
    noted?: Head,
    progress: (lines: number) => void | Promise<void> = () => {},
  ): Promise<Verification> {
    const findings = new JournalFaults();
    const chain = new SealChain(this.keyring, findings, noted);
    const reader = new LineReader(this.events);
    const lines = new SealLines(this.events, this.seals, this.keyring, findings, reader);
    const head = await this.seals.findHead();
    const purgedThrough = head?.purgedThrough ?? 0;
    for await (const seal of this.#sealsUpTo(head)) {
      chain.follow(seal);
      await lines.check(seal, purgedThrough);
      if (seal.sequence > Math.max(purgedThrough, chain.foundationThrough)) await lines.nameUnmarked(seal);
      await progress(reader.read);
    }
    chain.end();
    await this.#findOrphans(findings);
    const waiting = await this.#checkWaiting(chain.foundationThrough === (head?.sequence ?? 0), findings);
    return {
      verdict: findings.verdict,
      head: head ? { sequence: head.sequence, digest: head.digest } : null,
      seals: chain.seals,
      lines: reader.read,
      purgedThrough,
      foundationThrough: chain.foundationThrough,
      waiting,
      findings: findings.listed,
      moreFindings: findings.more,
      doubts: findings.doubts,
    };
  }

  async *#sealsUpTo(head: Seal | undefined): AsyncGenerator<Seal> {
    let after = 0;
    for (;;) {
      const seals = await this.seals.findAfter(after, PAGE);
      for (const seal of seals) if (seal.sequence <= (head?.sequence ?? 0)) yield seal;
      if (seals.length < PAGE) return;
      after = seals.at(-1)!.sequence;
    }
  }

  /** Finds lines that name a seal that does not exist. */
  async #findOrphans(findings: JournalFaults): Promise<void> {
    const orphans = new OrphanEntries(this.keyring, findings);
    const after = async () => ({ sealSequence: ((await this.seals.findHead())?.sequence ?? 0) + 1, id: '' });
    for (const line of await this.events.findSealed(await after(), MOST_ORPHANS)) {
      // The seal may have been made meanwhile.
      if (line.sealSequence! < (await after()).sealSequence) continue;
      orphans.add(line);
    }
    orphans.report();
  }

  async #checkWaiting(isFoundation: boolean, findings: JournalFaults): Promise<number> {
    const waiting = await this.events.findWaitingLongest(WAITING);
    const keys = new Set<string>();
    for (const line of waiting.filter((one) => !isMarked(one, this.keyring))) {
      const key = missingKeyOf(line, this.keyring);
      if (key !== undefined) keys.add(key);
      else if (!isFoundation)
        findings.add(`${called(line)} waits for its seal and bears no mark of Portillon: slipped in.`, {
          line: line.id,
        });
    }
    for (const key of keys)
      findings.doubt(
        `Lines that wait for their seal are marked with key "${key}", which is not in SECRET_KEYS: add it to check them.`,
      );
    return waiting.length;
  }
}
