import { Client } from 'undici';
import { visit } from './visit.mjs';

/** Sample size for a long run; a short run checks every session. */
const SESSIONS_ASKED = 1_000;

/** People who arrive, and their observations. */
export class Crowd {
  visits = [];
  #open = new Set();

  constructor(platform, nextPerson) {
    this.platform = platform;
    this.nextPerson = nextPerson;
    // The same people arrived in the previous run.
    platform.carriers.sent.clear();
  }

  arrive = () => {
    const one = visit(this.platform, this.nextPerson());
    this.#open.add(one);
    void one.then((seen) => {
      this.#open.delete(one);
      this.visits.push(seen);
    });
  };

  /** Resolves when everyone is signed in or gave up. */
  async gone() {
    while (this.#open.size > 0) await Promise.all(this.#open);
  }

  /** Figures: `first` at the first attempt, `again` after another attempt, `out` never; times in ms. */
  summary() {
    const times = this.visits.map(({ begunAt, endedAt }) => endedAt - begunAt).sort((a, b) => a - b);
    const at = (part) => times[Math.min(Math.floor(times.length * part), times.length - 1)] ?? 0;
    const isFirst = ({ isIn, seen }) => isIn && seen.length === 0;
    const first = this.visits.filter(isFirst).length;
    const out = this.visits.filter(({ isIn }) => !isIn).length;
    return {
      people: this.visits.length,
      first,
      again: this.visits.length - first - out,
      out,
      p50: at(0.5),
      p95: at(0.95),
      worst: at(1),
      seen: counted(this.visits.flatMap(({ seen }) => seen)),
    };
  }

  /** When the last person arrived who failed at the first attempt: ms after `since`, 0 without one. */
  lastTroubled(since) {
    const troubled = this.visits.filter(({ isIn, seen }) => !isIn || seen.length > 0);
    return Math.max(0, ...troubled.map(({ begunAt }) => begunAt - since));
  }

  /** Counts what must never happen: lost open sessions, and codes sent without a request. */
  async lost() {
    const inside = this.visits.filter(({ isIn }) => isIn).slice(-SESSIONS_ASKED);
    const { url, host } = this.platform;
    const client = new Client(url, { connect: { rejectUnauthorized: false, servername: host } });
    let sessions = 0;
    for (const { cookies } of inside) {
      const asked = await client.request({
        method: 'GET',
        path: '/api/session',
        headers: { host, cookie: cookies },
      });
      await asked.body.dump();
      if (asked.statusCode !== 200) sessions++;
    }
    await client.close();
    return { sessions, codes: this.#unasked() };
  }

  #unasked() {
    const asked = new Map();
    for (const { person, asked: count } of this.visits) {
      const address = this.platform.addressOf(person);
      asked.set(address, (asked.get(address) ?? 0) + count);
    }
    const sent = [...asked].map(
      ([address, count]) => (this.platform.carriers.sent.get(address) ?? 0) - count,
    );
    return sent.filter((more) => more > 0).reduce((sum, more) => sum + more, 0);
  }
}

/** « 503 service.busy × 3, no code in 30 s × 1 », the most frequent first. */
function counted(texts) {
  const counts = new Map();
  for (const one of texts) counts.set(one, (counts.get(one) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([text, count]) => `${text} × ${count}`).join(', ');
}
