import { buffer } from 'node:stream/consumers';
import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  Node,
  parseDocument,
  visit,
} from 'yaml';
import type { Document } from 'yaml';
import { readInput } from '../input-file';
import { CommandRefusal } from '../refusal';

/** Some ten thousand structures, many of them with a logo. */
const MOST_BYTES = 32 * 1024 * 1024;
/** The file, applications, one of them, its rules, one of them, its paths: six; a set of keys is one more. */
const MOST_DEPTH = 10;
/** The exit code for a file that cannot be applied. */
export const WRONG_FILE = 2;

/** A configuration file, with the position of each value. */
export class ConfigurationFile {
  readonly #lines: LineCounter;
  readonly #document: Document;

  private constructor(
    readonly path: string,
    text: string,
  ) {
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, { lineCounter: this.#lines, uniqueKeys: true, strict: true });
  }

  /** @throws CommandRefusal when it cannot be read, or is no plain YAML, naming each line that is wrong */
  static async read(path: string): Promise<ConfigurationFile> {
    try {
      // The size of a pipe is unknown before it is read.
      const bytes = await buffer(readInput(path, { end: MOST_BYTES }));
      if (bytes.length > MOST_BYTES) throw new CommandRefusal(`${path} is larger than 32 MiB`, WRONG_FILE);
      const file = new ConfigurationFile(path, bytes.toString('utf8'));
      file.#requireShallow();
      file.#requirePlain();
      return file;
    } catch (error) {
      if (error instanceof CommandRefusal) throw error;
      const { code, name } = error as NodeJS.ErrnoException;
      throw new CommandRefusal(`${path} cannot be read (${code ?? name})`, WRONG_FILE);
    }
  }

  get value(): unknown {
    return this.#document.toJS({ maxAliasCount: 0 }) as unknown;
  }

  /**
   * The place of a field such as `structures.0.finess`, as `gate.yaml:12:9`; a missing field has its parent's place.
   */
  place(field: string): string {
    const parts = field.split('.').filter(Boolean);
    for (let length = parts.length; length > 0; length--) {
      const node = this.#document.getIn(parts.slice(0, length), true) as Node | undefined;
      if (node?.range) return this.#at(node.range[0]);
    }
    return this.#at(0);
  }

  /** Checked before all other faults: for endless nesting the parser reports a thousand times that it gave up. */
  #requireShallow(): void {
    visit(this.#document, {
      Collection: (_key, node, ancestors) => {
        if (ancestors.filter(isCollection).length < MOST_DEPTH) return;
        const place = this.#at(node.range![0]);
        throw new CommandRefusal(`${place} Nothing in a configuration nests so deeply.`, WRONG_FILE);
      },
    });
  }

  #requirePlain(): void {
    const { errors, warnings } = this.#document;
    const faults = [...errors, ...warnings].map(
      ({ pos, message }) => `${this.#at(pos[0])} ${message.split('\n')[0]}`,
    );
    const all = [...faults, ...this.#surprises()];
    if (all.length > 0) throw new CommandRefusal(all.join('\n'), WRONG_FILE);
  }

  /** What makes a short file long, or a key something else than a field. */
  #surprises(): string[] {
    const found: string[] = [];
    visit(this.#document, (_key, node) => {
      if (isAlias(node)) found.push(`${this.#at(node.range![0])} An alias (*) is not read: write the value.`);
      if (isPair(node) && isScalar(node.key) && String(node.key.value) in Object.prototype)
        found.push(`${this.#at(node.key.range![0])} This field is not known.`);
    });
    if (!isMap(this.#document.contents)) found.push(`${this.#at(0)} The file must begin with "version: 1".`);
    return found;
  }

  #at(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.path}:${Math.max(1, line)}:${Math.max(1, col)}`;
  }
}
