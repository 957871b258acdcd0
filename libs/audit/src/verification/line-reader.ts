import type { AuditEventEntity } from '../journal/audit-event.entity';
import type { AuditEventRepository, LinePlace } from '../journal/audit-event.repository';

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
    this.#page = await this.events.sealed(after, PAGE);
    this.#next = 0;
    this.#ended = this.#page.length < PAGE;
  }
}
