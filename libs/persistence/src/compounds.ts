import type { Question } from './look-up';
import type { PoolStatements } from './mysql-statements';

/** What a server, or a proxy before it, says that cannot prepare one. */
const NOT_TAKEN = new Set<unknown>(['ER_UNSUPPORTED_PS', 'ER_PARSE_ERROR']);
/** So many combinations of questions at most: each is a statement of its own, which every connection prepares and keeps. */
const MOST = 100;

/**
 * Several statements as one that is prepared: one trip, parsed once. MariaDB takes them from 10.6.2 on; an older one
 * says so once, and from then on nobody asks it again.
 */
export class Compounds {
  readonly #known = new Set<string>();
  #areTaken = true;

  constructor(private readonly statements: PoolStatements) {}

  get areTaken(): boolean {
    return this.#areTaken;
  }

  /** All of the questions as one, or nothing when they are to be asked each alone. */
  oneOf(questions: readonly Question[]): Question | undefined {
    if (!this.#areTaken || questions.length === 1) return undefined;
    const sql = compound(questions.map((one) => `${one.sql}; `).join(''));
    if (!this.#known.has(sql) && this.#known.size === MOST) return undefined;
    this.#known.add(sql);
    return { sql, values: questions.flatMap((one) => one.values) };
  }

  /** The rows of each question of {@link oneOf}. @throws what the server says of the one that fails. */
  read({ sql, values }: Question): Promise<unknown[][]> {
    return this.watch(() => this.statements.run(sql, values) as Promise<unknown[][]>);
  }

  /** Runs what sends a compound statement, and hears whether the server takes any. */
  async watch<Result>(run: () => Promise<Result>): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      if (NOT_TAKEN.has((error as { code?: string }).code)) this.#areTaken = false;
      throw error;
    }
  }
}

/** The compound statement of statements that each end with `; `. */
export function compound(body: string): string {
  return `BEGIN NOT ATOMIC ${body}END`;
}
