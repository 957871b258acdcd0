import type { Question } from './look-up';
import type { PoolStatements } from './mysql-statements';

/** What a server, or a proxy before it, says that cannot prepare one. */
const NOT_TAKEN = new Set<unknown>(['ER_UNSUPPORTED_PS', 'ER_PARSE_ERROR']);

/**
 * Several statements as one that is prepared: one trip, parsed once. MariaDB takes them from 10.6.2 on; an older one
 * says so once, and from then on nobody asks it again.
 */
export class Compounds {
  #areTaken = true;

  constructor(private readonly statements: PoolStatements) {}

  get areTaken(): boolean {
    return this.#areTaken;
  }

  /** The rows of each question. @throws what the server says of the one that fails. */
  async read(questions: readonly Question[]): Promise<unknown[][]> {
    const body = questions.map(({ sql }) => `${sql}; `).join('');
    const values = questions.flatMap((one) => one.values);
    return this.watch(() => this.statements.run(compound(body), values) as Promise<unknown[][]>);
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
