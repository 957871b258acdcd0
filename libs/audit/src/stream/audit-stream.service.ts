import { Logger } from '@nestjs/common';
import { Clock, HOUR, Random, SECOND, addMilliseconds, Keyring, MetricsRegistry } from '@portillon/kernel';
import { Counter, Gauge } from 'prom-client';
import type { Collector } from '../audit.options';
import { JournalRegistry } from '../journal.registry';
import type { AuditEventEntity } from '../journal/audit-event.entity';
import { AuditEventRepository, LinePlace } from '../journal/audit-event.repository';
import { isMarked } from '../journal/journal.line';
import { AuditSealService } from '../seal/audit-seal.service';
import { AuditStreamRepository } from './audit-stream.repository';
import { eventOfHead, eventOfLine, StreamEvent } from './ocsf';

/** Longer than a turn in which every step waits for the collector. */
const HELD_MS = 60 * SECOND;
/** Lines of a batch; with the batches of a turn, a backlog shrinks by a thousand a second. */
const BATCH = 250;
const MOST_BATCHES = 20;

/** Lines that were sent and not confirmed. */
interface Given {
  from: LinePlace;
  to: LinePlace;
  lines: number;
  hasHead: boolean;
}

/**
 * Sends each sealed line of the journal to the collector, in the order of the seals and at least once. The position is
 * stored in the database and advances once the collector has accepted the lines. One process sends at a time.
 */
export class AuditStreamService {
  readonly #logger = new Logger(AuditStreamService.name);
  readonly #holder: string;
  /** Lines that the collector accepted, and lines that it did not, which are sent again. */
  readonly #sent: Counter<'outcome'>;
  #given?: Given;
  /** Undefined: immediately, in a process that has sent none. */
  #headDueAt?: Date;
  #isFailing = false;

  constructor(
    random: Random,
    registry: MetricsRegistry,
    private readonly clock: Clock,
    private readonly keyring: Keyring,
    private readonly lines: AuditEventRepository,
    private readonly journal: JournalRegistry,
    private readonly seals: AuditSealService,
    private readonly places: AuditStreamRepository,
    private readonly collector: Collector,
  ) {
    this.#holder = random.id();
    this.#sent = new Counter({
      name: 'portillon_audit_stream_lines_total',
      help: 'Lines of the journal given to the collector by this process, by what came of them: taken or failed.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    for (const outcome of ['taken', 'failed']) this.#sent.inc({ outcome }, 0);
    const waiting = new Gauge({
      name: 'portillon_audit_stream_waiting_seconds',
      help: 'How long the oldest sealed line that the collector has not got has waited.',
      registers: [registry],
    });
    registry.readAtScrape([waiting], async () => waiting.set((await this.waitingMs()) / SECOND));
  }

  /** Runs one turn: confirms the lines of the previous one, and sends waiting ones. */
  run(): Promise<void> {
    return this.#turn(async () => {
      await this.#confirm();
      await this.#give();
    });
  }

  /** Runs the last turn of this process, with the head; another process may then continue at once. */
  end(): Promise<void> {
    return this.#turn(async () => {
      this.#headDueAt = undefined;
      await this.#confirm();
      await this.#give();
      await this.#confirm();
      await this.places.release(this.#holder, this.clock.now());
    });
  }

  /** Forgets unconfirmed lines: the next sender sends them again. */
  letGo(): void {
    this.#given = undefined;
    this.#headDueAt = undefined;
    this.collector.close();
  }

  /** Waiting time of the oldest sealed line that the collector lacks, milliseconds; 0 when there is none. */
  async waitingMs(): Promise<number> {
    const [oldest] = await this.lines.findSealed(await this.places.findPlace(), 1);
    return oldest ? Math.max(0, this.clock.now().getTime() - oldest.happenedAt.getTime()) : 0;
  }

  async #turn(work: () => Promise<void>): Promise<void> {
    const now = this.clock.now();
    if (!(await this.places.takeLease(this.#holder, now, addMilliseconds(now, HELD_MS)))) return this.letGo();
    try {
      await work();
      this.#isFailing = false;
    } catch (error) {
      this.#sent.inc({ outcome: 'failed' }, this.#given?.lines ?? 0);
      // Logged once: the collector may be away for hours, and the metric shows for how long.
      if (!this.#isFailing) this.#logger.warn(`the journal waits for its collector: ${String(error)}`);
      this.#isFailing = true;
      this.letGo();
    }
  }

  async #confirm(): Promise<void> {
    if (!this.#given) return;
    const { from, to, lines } = this.#given;
    await this.collector.confirm();
    this.#given = undefined;
    if (lines > 0) await this.places.advance(this.#holder, from, to);
    this.#sent.inc({ outcome: 'taken' }, lines);
  }

  async #give(): Promise<void> {
    const from = await this.places.findPlace();
    const given: Given = (this.#given = { from, to: from, lines: 0, hasHead: false });
    let isAtEnd = false;
    for (let batch = 0; batch < MOST_BATCHES && !isAtEnd; batch++) {
      const lines = await this.lines.findSealed(given.to, BATCH);
      await this.#giveLines(lines, given);
      isAtEnd = lines.length < BATCH;
    }
    if (isAtEnd) await this.#giveHead(given);
    if (given.lines === 0 && !given.hasHead) this.#given = undefined;
  }

  async #giveLines(lines: AuditEventEntity[], given: Given): Promise<void> {
    const last = lines.at(-1);
    if (!last) return;
    given.lines += lines.length;
    await this.collector.send(lines.map((line) => this.#eventOf(line)));
    given.to = { sealSequence: last.sealSequence!, id: last.id };
  }

  /** Sends the head when the process starts and stops to send, and every hour, after all lines that it covers. */
  async #giveHead(given: Given): Promise<void> {
    const now = this.clock.now();
    if (this.#headDueAt && now < this.#headDueAt) return;
    const head = await this.#headEvent(now);
    if (!head) return;
    await this.collector.send([head]);
    given.hasHead = true;
    this.#headDueAt = addMilliseconds(now, HOUR);
  }

  #eventOf(line: AuditEventEntity): StreamEvent {
    return eventOfLine(line, this.journal.eventOf(line.name), isMarked(line, this.keyring));
  }

  /** Converts the last seal; nothing before the first one. */
  async #headEvent(at: Date): Promise<StreamEvent | undefined> {
    const { head } = await this.seals.state();
    return head ? eventOfHead(head, at) : undefined;
  }
}
