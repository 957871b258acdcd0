import { Injectable } from '@nestjs/common';
import type { Client } from '@portillon/http';
import { Clock, HOUR, Keyring, SECOND, tooMany, type ErrorText, type Locale } from '@portillon/kernel';
import { Hit, hitOfBlock, Limit, OverLimit, RateLimiterService } from '@portillon/rate-limit';
import { StructureService } from '@portillon/structure';

/** Advice for a person whose network is delayed after many failed tries. */
export const THROTTLE_WORDS: Readonly<Record<Locale, ErrorText>> = {
  fr: {
    title: 'Trop d’échecs depuis votre réseau',
    detail:
      'Beaucoup de tentatives ont échoué depuis votre réseau\u00a0: chacun y essaie à son tour. Patientez le temps indiqué, ou connectez-vous sur un poste où vous vous êtes déjà connecté, et prévenez le service informatique de votre structure.',
  },
  en: {
    title: 'Too many failures from your network',
    detail:
      'Many attempts failed from your network: everybody there tries in turn. Wait for the time shown, or sign in on a computer where you have signed in before, and inform the IT department of your structure.',
  },
};

/** Advice for a person whose link is not valid, in a network where many were not. */
export const LINK_WORDS: Readonly<Record<Locale, ErrorText>> = {
  fr: {
    title: 'Ce lien n’est pas valable',
    detail:
      'Ce lien n’est pas ou plus valable, et beaucoup d’autres ne l’étaient pas depuis votre réseau. Demandez un nouveau lien\u00a0: il s’ouvrira aussitôt. Prévenez le service informatique de votre structure.',
  },
  en: {
    title: 'This link is not valid',
    detail:
      'This link is not or no longer valid, and many others from your network were not. Request a new link: it opens at once. Inform the IT department of your structure.',
  },
};

/** Counted separately: password guesses do not delay users with a card, and card failures do not delay tickets. */
export type AttemptKind = 'password' | 'card' | 'ticket' | 'passkey';

/** Failures of an address block in an hour (policy). A link has 256 bits: its limit bounds the journal, not guesses. */
const ROOM: Readonly<Record<AttemptKind | 'link', number>> = {
  password: 100,
  card: 100,
  ticket: 100,
  passkey: 100,
  link: 30,
};
/** How many times as many an address has that a structure listed as its own. */
const EGRESS_TIMES = 10;
/**
 * Turns of a block above its room. At 17 requests a second one attacker needs more than a second to use them up, and
 * `Retry-After` brings the colleagues back within the second that opens the next ones.
 */
const TURNS = { max: 30, windowMs: 10 * SECOND };

const perHour = (kind: AttemptKind | 'link'): Limit => ({
  name: `failure.${kind}.hour`,
  max: ROOM[kind],
  windowMs: HOUR,
});
const turnsOf = (kind: AttemptKind): Limit => ({ name: `failure.${kind}.turns`, ...TURNS });
/** The part of a limit that follows it where a structure listed the address. */
const atEgress = (limit: Limit): Limit => ({
  ...limit,
  name: `${limit.name}.egress`,
  max: (EGRESS_TIMES - 1) * limit.max,
});

const KINDS: readonly AttemptKind[] = ['password', 'card', 'ticket', 'passkey'];

/** The counters of an address block that an operator may list and clear. */
export const FAILURE_LIMITS: readonly Limit[] = [
  ...KINDS.flatMap((kind) => [perHour(kind), turnsOf(kind)]),
  perHour('link'),
].flatMap((limit) => [limit, atEgress(limit)]);

/** A turn that a request took. */
export interface Turn {
  hit: Hit;
  takenAt: Date;
}

/**
 * Counts the failures of one address block. A hospital is one block: above the limit its users wait in turn, so one
 * attacker cannot lock them out for the hour.
 */
@Injectable()
export class IpThrottleService {
  constructor(
    private readonly limiter: RateLimiterService,
    private readonly structures: StructureService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  async countFailure(kind: AttemptKind, client: Client): Promise<void> {
    await this.#consume(perHour(kind), client);
  }

  /** Counts a link that is not valid. @throws AppError `attempts.exceeded` when the block had too many of them */
  async countBadLink(client: Client): Promise<void> {
    const { over } = await this.#consume(perHour('link'), client);
    if (over) throw this.#tooMany(over, LINK_WORDS);
  }

  /** Whether the block failed so often that its users wait in turn. */
  async isCrowded(kind: AttemptKind, client: Client): Promise<boolean> {
    const room = perHour(kind);
    if (!(await this.#isFull(room, client))) return false;
    return !(await this.#isListed(client)) || this.#isFull(atEgress(room), client);
  }

  /**
   * `delayedUntil`: until when the requester waits anyway, and takes no turn.
   *
   * @throws AppError `attempts.exceeded` then, or when other requests of the block have all turns
   */
  async takeTurn(kind: AttemptKind, client: Client, delayedUntil?: Date): Promise<Turn> {
    const takenAt = this.clock.now();
    if (delayedUntil) throw tooMany('attempts.exceeded', delayedUntil, takenAt, 'delayed anyway');
    const { hit, over } = await this.#consume(turnsOf(kind), client);
    if (over) throw this.#tooMany(over, THROTTLE_WORDS);
    return { hit, takenAt };
  }

  /** Gives a turn to the next request: its own guessed nothing. */
  giveBack({ hit, takenAt }: Turn): Promise<void> {
    return this.limiter.refund(hit, takenAt);
  }

  /** Takes a turn where the block failed often. @throws AppError `attempts.exceeded` */
  async enforce(kind: AttemptKind, client: Client): Promise<void> {
    if (await this.isCrowded(kind, client)) await this.takeTurn(kind, client);
  }

  async #consume(limit: Limit, client: Client): Promise<{ hit: Hit; over: OverLimit | undefined }> {
    const hit = this.#hit(limit, client);
    const over = await this.limiter.consume(hit);
    if (!over || !(await this.#isListed(client))) return { hit, over };
    const more = this.#hit(atEgress(limit), client);
    return { hit: more, over: await this.limiter.consume(more) };
  }

  async #isFull(limit: Limit, client: Client): Promise<boolean> {
    const running = await this.limiter.running(this.#hit(limit, client));
    return running !== undefined && running.hits >= limit.max;
  }

  /** By the address alone, since the accounts behind it must not show. */
  async #isListed({ address }: Client): Promise<boolean> {
    return (await this.structures.at(address)).length > 0;
  }

  #hit(limit: Limit, client: Client): Hit {
    return hitOfBlock(limit, client, this.keyring);
  }

  #tooMany({ limit, retryAt }: OverLimit, words: typeof THROTTLE_WORDS) {
    return tooMany('attempts.exceeded', retryAt, this.clock.now(), `over ${limit.name}`, { words });
  }
}
