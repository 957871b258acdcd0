import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Certificate } from './certificate';
import { isCurrent, isListOf, readRevocationList, RevocationList } from './revocation-list';

export type RevocationStatus = 'good' | 'revoked' | 'unknown';

interface Loaded {
  list: RevocationList;
  /** Authorities whose signature was found good, so that a list is checked once and not at each sign-in. */
  signers: Set<Certificate>;
}

interface ListFile {
  path: string;
  /** What the file was when it was last read. */
  mark: string;
  content: Promise<Loaded | undefined>;
}

/** The revocation lists in files that the operator keeps fresh; read again as soon as one changes. */
export class RevocationLists {
  readonly #files: ListFile[];

  constructor(
    paths: readonly string[],
    private readonly warn: (message: string) => void = () => undefined,
  ) {
    this.#files = paths.map((path) => ({ path, mark: '', content: Promise.resolve(undefined) }));
  }

  /** Fails closed: without a current list signed by `authority` itself, nothing is known. */
  async status(certificate: Certificate, authority: Certificate, now: Date): Promise<RevocationStatus> {
    const lists = (await this.#lists()).filter((one) => isGood(one, authority, now));
    if (lists.length === 0) return 'unknown';
    return lists.some(({ list }) => list.serials.has(certificate.serial)) ? 'revoked' : 'good';
  }

  /** Whether a list in this authority's name is among the files at all. */
  async covers(authority: Certificate): Promise<boolean> {
    return (await this.#lists()).some(({ list }) => list.issuerDer.equals(authority.subjectDer));
  }

  /** Until when a list of this authority is good; nothing when none is. */
  async goodUntil(authority: Certificate, now: Date): Promise<Date | undefined> {
    const ends = (await this.#lists())
      .filter((one) => isGood(one, authority, now))
      .map(({ list }) => list.nextUpdate!);
    return ends.sort((one, other) => other.getTime() - one.getTime())[0];
  }

  async #lists(): Promise<Loaded[]> {
    const contents = await Promise.all(this.#files.map((file) => this.#current(file)));
    return contents.filter((one) => one !== undefined);
  }

  #current(file: ListFile): Promise<Loaded | undefined> {
    const mark = markOf(file.path);
    if (mark !== file.mark) {
      file.mark = mark;
      file.content = this.#read(file.path);
    }
    return file.content;
  }

  /** Gone or half written: no list, until the file changes again. */
  async #read(path: string): Promise<Loaded | undefined> {
    try {
      return { list: readRevocationList(await readFile(path)), signers: new Set() };
    } catch (error) {
      this.warn(`the revocation list ${path} cannot be read: ${(error as Error).message}`);
      return undefined;
    }
  }
}

function isGood({ list, signers }: Loaded, authority: Certificate, now: Date): boolean {
  if (!isCurrent(list, now)) return false;
  if (!signers.has(authority) && isListOf(list, authority)) signers.add(authority);
  return signers.has(authority);
}

/** At once: it is one call on a file at hand, cheaper than the thread that would wait for it. */
function markOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'missing';
  }
}
