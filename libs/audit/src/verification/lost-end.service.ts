import { Injectable } from '@nestjs/common';
import { timeOfId } from '@portillon/kernel';
import { AuditEventRepository } from '../journal/audit-event.repository';
import { AuditSealRepository } from '../seal/audit-seal.repository';
import type { Head } from './verification.types';

/** What a log or a SIEM received of the journal: a head, or the id of an event. */
export type SeenMark = Head | string;

/** Part of the journal that the database may have lost. */
export interface LostEnd {
  /** What was seen elsewhere and is not in the journal. */
  missing: SeenMark[];
  /** Time of the last line before the lost ones; null: unknown, or no line is left. */
  from: Date | null;
  /** Time of the first line after them, or of the last one that is known to be lost; null: no line follows. */
  until: Date | null;
}

type Gap = Omit<LostEnd, 'missing'>;

const BEGINNING = new Date(0);

/** Compares the end of the journal with what was seen elsewhere, after the database lost its last seconds. */
@Injectable()
export class LostEndService {
  constructor(
    private readonly events: AuditEventRepository,
    private readonly seals: AuditSealRepository,
  ) {}

  /** With nothing seen, or nothing missing, lines after the last one may be missing all the same. */
  async compare(seen: readonly SeenMark[]): Promise<LostEnd> {
    const missing: SeenMark[] = [];
    let known: Date | null = null;
    for (const mark of seen) {
      if (typeof mark === 'string' ? !(await this.events.hasId(mark)) : !(await this.#hasHead(mark)))
        missing.push(mark);
      else if (typeof mark !== 'string')
        known = later(known ?? BEGINNING, (await this.seals.find(mark.sequence))!.youngestAt);
    }
    const gaps = await Promise.all(missing.map((mark) => this.#gapOf(mark, known)));
    if (gaps.length === 0) return { missing, from: await this.#lastAt(), until: null };
    const from = gaps
      .map((gap) => gap.from)
      .reduce((one, other) => one && other && (one < other ? one : other));
    const until = gaps.map((gap) => gap.until).reduce((one, other) => one && other && later(one, other));
    return { missing, from, until };
  }

  async #gapOf(mark: SeenMark, known: Date | null): Promise<Gap> {
    if (typeof mark === 'string') {
      const [from, after] = await Promise.all([
        this.events.findAtBefore(mark),
        this.events.findAtAfter(mark),
      ]);
      return { from, until: after ?? timeOfId(mark) };
    }
    const other = await this.seals.find(mark.sequence);
    // Another seal has the number: lines were written after the loss, and the journal no longer shows where it was.
    if (other) return { from: known, until: other.sealedAt };
    return { from: await this.#lastAt(), until: null };
  }

  async #hasHead({ sequence, digest }: Head): Promise<boolean> {
    return (await this.seals.find(sequence))?.digest === digest;
  }

  #lastAt(): Promise<Date | null> {
    return this.events.findAtBefore('g');
  }
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
